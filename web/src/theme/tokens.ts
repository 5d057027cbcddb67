/** Colour by role; every other colour of the workspace is made of these. */
export type Tokens = Record<
  'ink' | 'muted' | 'line' | 'edge' | 'field' | 'paper' | 'sand' | 'hover' | 'tide' | 'tideSoft' | 'kelp' | 'amber' | 'rust' | 'rustSoft' | 'violet',
  string
>;

export const light: Tokens = {
  ink: '#15252c',
  muted: '#52656d',
  line: '#dfe6e5',
  edge: '#c2cdcd',
  field: '#7f9196',
  paper: '#fcfdfc',
  sand: '#f5f4f0',
  hover: '#ebeeec',
  tide: '#0b6872',
  tideSoft: '#deeeee',
  kelp: '#2b6a38',
  amber: '#835400',
  rust: '#a2391d',
  rustSoft: '#fbeee9',
  violet: '#6845ad',
};

export const dark: Tokens = {
  ink: '#e5edef',
  muted: '#9fb1b7',
  line: '#28373e',
  edge: '#3d4e56',
  field: '#697d85',
  paper: '#10181c',
  sand: '#172126',
  hover: '#202d33',
  tide: '#63c3ca',
  tideSoft: '#173538',
  kelp: '#82c98e',
  amber: '#e2b354',
  rust: '#f2937c',
  rustSoft: '#35211c',
  violet: '#bca7ef',
};
