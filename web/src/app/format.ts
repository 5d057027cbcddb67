import { useTranslation } from 'react-i18next';
import { useMemo } from 'react';

const LEAST = 0.0001;

export function formats(chosen: string) {
  const language = chosen === 'en' ? 'en-GB' : chosen;
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    count: (value: number) => whole.format(value),
    number: (value: number) => short.format(value),
    percent: (share: number) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: share > 0.99 && share < 1 ? 1 : 0 }).format(share),
    day: (value: string) => day.format(new Date(value)),
    moment: (value: string) => moment.format(new Date(value)),
    bytes: (value: number) => {
      const [unit, size] = value < 1e3 ? (['byte', 1] as const) : value < 1e6 ? (['kilobyte', 1e3] as const) : value < 1e9 ? (['megabyte', 1e6] as const) : (['gigabyte', 1e9] as const);
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 }).format(value / size);
    },
    duration: (millis: number) =>
      millis < 1000
        ? `${whole.format(millis)}\u00a0ms`
        : `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(millis / 1000)}\u00a0s`,
    /** Small amounts keep the digits that matter; what is next to nothing says so. */
    money: (amount: string, currency: string) => {
      const value = Number(amount);
      const show = (shown: number, digits: number) =>
        new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(shown);
      if (value !== 0 && Math.abs(value) < LEAST) return `<\u00a0${show(LEAST, 4)}`;
      return show(value, value !== 0 && Math.abs(value) < 0.1 ? 4 : 2);
    },
  };
}

export function useFormats() {
  const { i18n } = useTranslation();
  return useMemo(() => formats(i18n.language), [i18n.language]);
}
