import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import { Interval } from './Interval';
import classes from './models.module.css';
import type { Report } from './ownModels';
import { counts, wilson } from './report';

const MOST_LABELS = 12;
const MOST_MISTAKES = 8;

/** What was measured on texts the model has not learnt from. */
export function ReportView({ report }: { report: Report }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const { accuracy, abstention } = report;
  return (
    <>
      <section className={classes.part}>
        <h2 className="subtitle">{t('report.title')}</h2>
        <p className="quiet small">{t('report.text', { count: report.testTexts, shown: format.count(report.testTexts) })}</p>
        <dl className={classes.figures}>
          <div>
            <dt>{t('report.accuracy')}</dt>
            <dd><Interval estimate={accuracy} baseline={report.baseline} name={t('report.accuracy')} /></dd>
            <dd className="quiet small">{t('report.baseline', { share: format.percent(report.baseline) })}</dd>
          </div>
          <div>
            <dt>{t('report.macroF1')}</dt>
            <dd><Interval estimate={report.macroF1} name={t('report.macroF1')} /></dd>
            <dd className="quiet small">{t('report.macroF1Text')}</dd>
          </div>
          <div>
            <dt>{t('report.answered', { share: format.percent(abstention.answered) })}</dt>
            <dd><Interval estimate={abstention.precision} name={t('report.precisionOfAnswers')} /></dd>
            <dd className="quiet small">{abstention.threshold === 0 ? t('report.always', { target: format.percent(abstention.precisionTarget) }) : t('report.abstention', { threshold: format.percent(abstention.threshold), target: format.percent(abstention.precisionTarget) })}{!abstention.reached && ` ${t('report.notReached')}`}</dd>
          </div>
        </dl>
      </section>
      <Labels report={report} />
      <Mistakes report={report} />
      <p className={`quiet small ${classes.rest}`}>
        {t('report.rows', { rows: format.count(report.rows), repeats: format.count(report.duplicateRows), skipped: format.count(report.skippedRows), conflicts: format.count(report.conflictingTexts) })}
        {Object.keys(report.ignoredLabels).length > 0 && ` ${t('report.ignored', { labels: Object.entries(report.ignoredLabels).map(([label, texts]) => `${label} (${format.count(texts)})`).join(', ') })}`}
      </p>
    </>
  );
}

function Labels({ report }: { report: Report }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const { right, given } = counts(report);
  return (
    <section className={classes.part}>
      <h2 className="subtitle">{t('report.labels')}</h2>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('report.labels')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('report.label')}</th>
              <th scope="col" className={classes.right}>{t('report.texts')}</th>
              <th scope="col">{t('report.precision')}</th>
              <th scope="col">{t('report.recall')}</th>
              <th scope="col" className={classes.right}>F1</th>
            </tr>
          </thead>
          <tbody>
            {report.labels.map((one) => (
              <tr key={one.label}>
                <th scope="row">{one.label}</th>
                <td className={classes.right}>{format.count(one.texts)}</td>
                <td>{given(one.label) > 0 ? <Interval estimate={wilson(right(one.label), given(one.label))} name={t('report.precision')} /> : <span className="quiet">{t('report.neverGiven')}</span>}</td>
                <td>{one.support > 0 ? <Interval estimate={wilson(right(one.label), one.support)} name={t('report.recall')} /> : <span className="quiet">{t('report.notTested')}</span>}</td>
                <td className={classes.right}>{format.percent(one.f1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The whole table where it can be read, else its worst cells. */
function Mistakes({ report }: { report: Report }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const wrong = report.confusion.filter((one) => one.actual !== one.predicted).sort((a, b) => b.count - a.count);
  const labels = report.labels.map((one) => one.label);
  if (wrong.length === 0) return <p className={`quiet ${classes.rest}`}>{t('report.noMistakes')}</p>;
  const cell = (actual: string, predicted: string) => report.confusion.find((one) => one.actual === actual && one.predicted === predicted)?.count ?? 0;
  const support = (label: string) => Math.max(1, report.labels.find((one) => one.label === label)?.support ?? 1);
  return (
    <section className={classes.part}>
      <h2 className="subtitle">{t('report.mistakes')}</h2>
      <p className="quiet small">{t('report.mistakesText')}</p>
      {labels.length <= MOST_LABELS ? (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('report.mistakes')}>
          <table className={classes.confusion}>
            <thead>
              <tr><td />{labels.map((label) => <th key={label} scope="col"><span className="clip">{label}</span></th>)}</tr>
            </thead>
            <tbody>
              {labels.map((actual) => (
                <tr key={actual}>
                  <th scope="row"><span className="clip">{actual}</span></th>
                  {labels.map((predicted) => {
                    const count = cell(actual, predicted);
                    const share = Math.round((count / support(actual)) * 100);
                    return (
                      <td key={predicted} data-right={actual === predicted || undefined} style={{ '--share': `${actual === predicted ? share * 0.6 : share}%` } as React.CSSProperties}>
                        {count > 0 ? format.count(count) : <span className="quiet">·</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <ul className={classes.mistakes}>
          {wrong.slice(0, MOST_MISTAKES).map((one) => (
            <li key={`${one.actual}|${one.predicted}`}>{t('report.mistake', { actual: one.actual, predicted: one.predicted, count: one.count, shown: format.count(one.count) })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
