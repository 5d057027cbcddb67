/** Line icons on a grid of 20; always beside or under a word, or with a label. */
const paths = {
  sql: 'M4 5.500h12M4 10h7M4 14.500h5M13 13l2.200 2-2.200 2',
  data: 'M3.500 5.200c0-1.200 2.900-2.200 6.500-2.200s6.500 1 6.500 2.200-2.900 2.200-6.500 2.200-6.500-1-6.500-2.200zM3.500 5.200v9.600c0 1.200 2.900 2.200 6.500 2.200s6.500-1 6.500-2.200V5.200M3.500 10c0 1.200 2.900 2.200 6.500 2.200s6.500-1 6.500-2.200',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l4 4',
  sun: 'M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM10 1.800v1.700M10 16.500v1.700M1.800 10h1.700M16.500 10h1.700M4.200 4.200l1.200 1.200M14.600 14.600l1.200 1.200M4.200 15.800l1.200-1.200M14.600 5.400l1.200-1.200',
  moon: 'M16.500 11.700A6.900 6.900 0 0 1 8.300 3.500a6.900 6.900 0 1 0 8.200 8.200z',
  table: 'M3.500 4.500h13v11h-13zM3.500 8.200h13M8 8.200v7.300',
  view: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  model: 'M10 3l6 3.500v7L10 17l-6-3.500v-7zM4 6.500l6 3.500 6-3.500M10 10v7',
  chevron: 'M8 5l5 5-5 5',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  run: 'M6 4l10 6-10 6z',
  stop: 'M5.500 5.500h9v9h-9z',
  history: 'M3.500 10a6.500 6.500 0 1 0 2-4.700L3.500 7M3.500 3.500V7H7M10 6.500V10l2.500 1.500',
  download: 'M10 3v9M6 8.500l4 4 4-4M4 16.500h12',
  upload: 'M10 13V4M6 7.500l4-4 4 4M4 16.500h12',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  bookmark: 'M5.500 3.500h9v13L10 13l-4.500 3.500z',
  pencil: 'M4 16l.8-3.500L13.500 3.800l2.700 2.700L7.500 15.200z',
  bin: 'M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.7 11h7.600l.7-11M8.500 8.500v5M11.500 8.500v5',
  pen: 'M4 16l.800-3.200L13.500 4.100l2.400 2.400-8.700 8.700zM11.500 6.100l2.400 2.400',
  more: 'M4.500 10h.010M10 10h.010M15.500 10h.010',
  wave: 'M2 11c2.700-3 5.300-3 8 0s5.300 3 8 0',
  bell: 'M5 13.500V9a5 5 0 0 1 10 0v4.500l1.500 1.500h-13zM8.300 17.200a2 2 0 0 0 3.400 0',
  help: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM7.800 7.900a2.300 2.300 0 1 1 3.300 2.100c-.700.300-1.100.800-1.100 1.600M10 14.200v.100',
  person: 'M10 10a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM3.500 17c.600-3 3.200-4.600 6.500-4.600s5.900 1.600 6.500 4.600',
  tree: 'M4 4v11h4M4 8.500h4M10.500 8.500h6M10.500 15h6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden style={{ flex: 'none' }}>
      <path d={paths[name]} />
    </svg>
  );
}

/** What an object of the catalog is drawn as. */
export function iconOf(kind: string): IconName {
  return kind === 'view' ? 'view' : kind === 'model' ? 'model' : 'table';
}

/** Three waves running out on the sand. */
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" fill="none" stroke="var(--tide)" strokeWidth="2.6" strokeLinecap="round" aria-hidden>
      <path d="M4 10c4-3.200 8-3.200 12 0s8 3.200 12 0" />
      <path d="M4 17.500c4-3.200 8-3.200 12 0s8 3.200 12 0" opacity=".7" />
      <path d="M9 25c2.700-2.200 5-2.200 7.500 0s4.800 2.200 7.500 0" opacity=".45" />
    </svg>
  );
}
