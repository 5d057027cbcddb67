import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { dark, light } from '../../theme/tokens';
import type { ChartSettings } from './choice';
import classes from './chart.module.css';
import { init, type EChartsType } from './echarts';
import { chartOption, isHorizontal } from './option';
import { save, savePicture } from './picture';
import type { ChartData } from './series';
import type { ChartWords } from './words';

export type ChartHandle = { svg: (name: string) => void; png: (name: string) => void };
const BAR = 24;

/** The picture; for those who cannot see it one sentence. */
export function Chart({ settings, data, words, label, ref }: {
  settings: ChartSettings; data: ChartData; words: ChartWords; label: string; ref: React.Ref<ChartHandle>;
}) {
  const scheme = useComputedColorScheme('light');
  const tokens = scheme === 'dark' ? dark : light;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const option = useMemo(() => chartOption(settings, data, tokens, words), [settings, data, tokens, words]);
  const sideways = settings.kind === 'bar' && isHorizontal(data, words);
  const height = sideways ? data.categories.length * Math.max(BAR, data.series.length * 14) + 60 : 0;
  useEffect(() => {
    const made = init(box.current!, undefined, { renderer: 'svg' });
    chart.current = made;
    const resized = new ResizeObserver(() => made.resize());
    resized.observe(box.current!);
    return () => {
      resized.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  useImperativeHandle(ref, () => ({
    svg: (name) => save(chart.current!.getDataURL({ type: 'svg' }), `${name}.svg`),
    png: (name) => void savePicture(chart.current!.getDataURL({ type: 'svg' }), chart.current!.getWidth(), chart.current!.getHeight(), `${name}.png`),
  }));
  return (
    <div className={classes.scroll} tabIndex={sideways ? 0 : undefined}>
      <div ref={box} className={classes.chart} style={{ minHeight: height || undefined }} role="img" aria-label={label} data-kind={settings.kind} />
    </div>
  );
}
