import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import enData from '../locales/en/data.json';
import enShell from '../locales/en/shell.json';
import enSql from '../locales/en/sql.json';
import frData from '../locales/fr/data.json';
import frShell from '../locales/fr/shell.json';
import frSql from '../locales/fr/sql.json';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

function first(): Language {
  const chosen = localStorage.getItem('estran.language') ?? navigator.language.slice(0, 2);
  return chosen === 'fr' ? 'fr' : 'en';
}

void i18next.use(initReactI18next).init({
  lng: first(),
  fallbackLng: 'en',
  defaultNS: 'shell',
  resources: {
    en: { shell: enShell, sql: enSql, data: enData },
    fr: { shell: frShell, sql: frSql, data: frData },
  },
  interpolation: { escapeValue: false }, // React escapes
});
document.documentElement.lang = i18next.language;

export function setLanguage(language: Language) {
  localStorage.setItem('estran.language', language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
