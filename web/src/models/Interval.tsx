import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import classes from './models.module.css';
import type { Estimate } from './ownModels';

/** A share with its interval, drawn and said; the tick is what guessing would give. */
export function Interval({ estimate, baseline, name }: { estimate: Estimate; baseline?: number; name: string }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const range = t('report.range', { low: format.percent(estimate.low), high: format.percent(estimate.high) });
  const at = (share: number) => `${share * 100}%`;
  return (
    <span className={classes.interval}>
      <span className={classes.figure}>{format.percent(estimate.value)}</span>
      <span className={classes.scale} role="img" aria-label={`${name} ${format.percent(estimate.value)}, ${range}`}>
        <span className={classes.band} style={{ left: at(estimate.low), width: at(Math.max(0.01, estimate.high - estimate.low)) }} />
        {baseline !== undefined && <span className={classes.tick} style={{ left: at(baseline) }} />}
        <span className={classes.point} style={{ left: at(estimate.value) }} />
      </span>
      <span className="facts">{range}</span>
    </span>
  );
}
