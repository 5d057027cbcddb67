import type { IconName } from './icons';

/** What the rail shows: only what is built. */
export const pages: { id: string; path: string; icon: IconName }[] = [
  { id: 'sql', path: '/sql', icon: 'sql' },
  { id: 'data', path: '/data', icon: 'data' },
  { id: 'models', path: '/models', icon: 'model' },
];
