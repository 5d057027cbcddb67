import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { dark, light, type Tokens } from './tokens';

const tide: MantineColorsTuple = [
  '#eef7f7', '#deeeee', '#b9dcde', '#8fcbd0', '#63c3ca', '#3aa1a9', '#1b838c', '#0b6872', '#08545c', '#053e44',
];

export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { tide },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono', ui-monospace, monospace",
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px', lineHeight: '1.4' }, h2: { fontSize: '16px', lineHeight: '1.5' }, h3: { fontSize: '14px', lineHeight: '1.5' } },
  },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', fw: 600 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'xs' } },
    Modal: { defaultProps: { transitionProps: { duration: 100 }, overlayProps: { backgroundOpacity: 0.35 } } },
  },
});

function variables(tokens: Tokens): Record<string, string> {
  const own = Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));
  return {
    ...own,
    '--mantine-color-body': tokens.paper,
    '--mantine-color-text': tokens.ink,
    '--mantine-color-dimmed': tokens.muted,
    '--mantine-color-placeholder': tokens.muted,
    '--mantine-color-default': tokens.paper,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.ink,
    '--mantine-color-default-border': tokens.edge,
    '--mantine-color-anchor': tokens.tide,
    '--mantine-color-error': tokens.rust,
    '--mantine-color-gray-4': tokens.field,
    '--mantine-color-dark-4': tokens.field,
    '--mantine-color-dark-5': tokens.hover,
    '--mantine-color-dark-6': tokens.sand,
    '--mantine-color-gray-light-color': tokens.muted,
    '--mantine-color-gray-light-hover': tokens.hover,
    '--mantine-color-gray-outline-hover': tokens.hover,
  };
}

export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: variables(light), dark: variables(dark) });
