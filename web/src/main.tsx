import '../generated/fonts/fonts.css';
import './theme/components';
import './theme/base.css';
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/client';
import { App, prepare } from './app/App';
import { messagesLoaded } from './app/i18n';
import { resolver, theme } from './theme/theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      refetchOnWindowFocus: false,
      // The server may be on this machine, which needs no network.
      networkMode: 'always',
    },
  },
});

// Asked for at once, all together: the words, who is signed in, and what the first page needs.
prepare(client);
await messagesLoaded;
createRoot(document.getElementById('root')!).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={resolver}
    defaultColorScheme="auto"
    colorSchemeManager={localStorageColorSchemeManager({ key: 'estran.theme' })}
  >
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </MantineProvider>,
);
