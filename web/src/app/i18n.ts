import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** locales/LANGUAGE/AREA.json; a new area is a new file in each language, named in useTranslation('AREA'). */
const files = { en: () => import('../locales/en'), fr: () => import('../locales/fr') };

/** Only the language in use is fetched. */
async function load(language: Language) {
  const { default: messages } = await files[language]();
  for (const [path, area] of Object.entries(messages)) i18next.addResourceBundle(language, path.replace(/^.*\/|\.json$/g, ''), area);
}

function first(): Language {
  const chosen = localStorage.getItem('estran.language') ?? navigator.language.slice(0, 2);
  return chosen === 'fr' ? 'fr' : 'en';
}

void i18next.use(initReactI18next).init({
  lng: first(),
  fallbackLng: false, // a test keeps both languages complete
  defaultNS: 'shell',
  resources: {},
  interpolation: { escapeValue: false }, // React escapes
});
document.documentElement.lang = i18next.language;

/** Before the first drawing. */
export const messagesLoaded = load(first());

export async function setLanguage(language: Language) {
  localStorage.setItem('estran.language', language);
  await load(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
