import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** locales/LANGUAGE/AREA.json; a new area is a new file in each language, named in useTranslation('AREA'). */
const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { eager: true, import: 'default' });

function areas(language: Language): Record<string, Record<string, unknown>> {
  const found = Object.entries(files).filter(([path]) => path.includes(`/${language}/`));
  return Object.fromEntries(found.map(([path, messages]) => [path.replace(/^.*\/|\.json$/g, ''), messages]));
}

function first(): Language {
  const chosen = localStorage.getItem('estran.language') ?? navigator.language.slice(0, 2);
  return chosen === 'fr' ? 'fr' : 'en';
}

void i18next.use(initReactI18next).init({
  lng: first(),
  fallbackLng: 'en',
  defaultNS: 'shell',
  resources: { en: areas('en'), fr: areas('fr') },
  interpolation: { escapeValue: false }, // React escapes
});
document.documentElement.lang = i18next.language;

export function setLanguage(language: Language) {
  localStorage.setItem('estran.language', language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
