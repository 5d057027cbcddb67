import { Center, Loader } from '@mantine/core';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { onSignedOut } from '../api/client';
import { treeQuery, useTree } from '../api/catalog';
import { useConnection } from './connection';
import { JobsProvider } from './jobs';
import { meQuery, useMeQuery } from './me';
import { go, useLocation } from './router';
import { Shell } from './Shell';

const SignIn = lazy(() => import('./SignIn'));
const Welcome = lazy(() => import('./Welcome'));
const sqlPage = () => import('../sql/SqlPage');
const SqlPage = lazy(sqlPage);
const ModelsPage = lazy(() => import('../models/ModelsPage'));
const DataPage = lazy(() => import('../data/DataPage'));

/** Starts what the first page waits for, before anything is drawn. */
export function prepare(client: QueryClient) {
  void client.prefetchQuery(meQuery);
  const path = window.location.pathname;
  if (path !== '/' && path !== '/sql') return;
  void sqlPage();
  void client.prefetchQuery(treeQuery);
}

export function App() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMeQuery();
  const lost = useConnection();

  useEffect(
    () =>
      onSignedOut(() => {
        // What was shown goes with the session; the page that asks for the token stays.
        client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
        client.setQueryData(['me'], null);
      }),
    [client],
  );

  if (me.isPending) return <Center h="100%"><Loader role="status" size="sm" aria-label={t('loading')} /></Center>;
  if (me.data === null) return <Suspense><SignIn onSignedIn={() => void client.invalidateQueries()} /></Suspense>;
  return (
    <JobsProvider>
      <Shell lost={lost}>
        <Suspense fallback={<Center h="100%"><Loader role="status" size="sm" aria-label={t('loading')} /></Center>}>
          <Page />
        </Suspense>
      </Shell>
    </JobsProvider>
  );
}

function Page() {
  const { parts } = useLocation();
  const tree = useTree();
  const start = parts.length === 0;
  const empty = tree.data?.every((schema) => schema.catalog === 'system' || schema.objects.length === 0);
  useEffect(() => {
    if (start && empty !== undefined) go(empty ? '/welcome' : '/sql');
  }, [start, empty]);
  switch (parts[0]) {
    case 'sql':
      return <SqlPage />;
    case 'data':
      return <DataPage />;
    case 'models':
      return <ModelsPage />;
    case 'welcome':
      return <Welcome />;
    default:
      return null;
  }
}
