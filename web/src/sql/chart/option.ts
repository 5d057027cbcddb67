import type { Tokens } from '../../theme/tokens';
import type { ChartSettings } from './choice';
import type { EChartsCoreOption } from './echarts';
import type { ChartData, Point, Series } from './series';
import { timeTicks } from './ticks';
import type { ChartWords } from './words';

const FONT = "'Inter Variable', system-ui, sans-serif";
/** So few series carry their names themselves. */
export const FEW = 6;
const TICKS = 6;
const DASHES = ['solid', [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [12, 5]] as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle'] as const;

export function palette(tokens: Tokens): string[] {
  return [tokens.tide, tokens.amber, tokens.muted, tokens.rust, tokens.kelp, tokens.ink];
}

/** Hatchings by which areas are told apart without their colours; the first is plain. */
function decal(at: number, tokens: Tokens) {
  if (at === 0) return undefined;
  const color = tokens.paper;
  const kinds = [
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
    { symbol: 'circle', symbolSize: 0.7, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0] },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6] },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: Math.PI / 2 },
  ];
  return { color, ...kinds[(at - 1) % kinds.length] };
}

export function isHorizontal(data: ChartData, words: ChartWords): boolean {
  const names = data.categories.map((name) => words.x(name));
  return names.length > 12 || names.some((name) => name.length > 12);
}

function legend(data: ChartData, settings: ChartSettings): boolean {
  const direct = (settings.kind === 'line' || settings.kind === 'area') && data.series.length <= FEW;
  return data.series.length > 1 && !direct;
}

/** What the chart library draws. Every text of it is drawn, never taken for markup. */
export function chartOption(settings: ChartSettings, data: ChartData, tokens: Tokens, words: ChartWords): EChartsCoreOption {
  const sideways = settings.kind === 'bar' && isHorizontal(data, words);
  const withLegend = legend(data, settings);
  const ends = !withLegend && data.series.length > 1;
  const x = xAxis(settings, data, tokens, words, sideways);
  const y = yAxis(settings, data, tokens, words, sideways);
  return {
    animation: false,
    color: palette(tokens),
    backgroundColor: tokens.paper,
    textStyle: { fontFamily: FONT, fontSize: 12, color: tokens.ink },
    useUTC: true,
    grid: { left: 4, right: ends ? 124 : sideways ? 56 : 20, top: withLegend ? 36 : 14, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: withLegend
      ? { type: 'scroll', left: 0, top: 0, icon: 'roundRect', itemWidth: 18, itemHeight: 11, textStyle: { color: tokens.ink, width: 160, overflow: 'truncate' }, pageTextStyle: { color: tokens.muted }, pageIconColor: tokens.tide, pageIconInactiveColor: tokens.edge }
      : undefined,
    tooltip: tooltip(settings, data, tokens, words),
    xAxis: sideways ? y : x,
    yAxis: sideways ? { ...x, inverse: true } : y,
    series: data.series.map((series, at) => drawn(series, at, settings, data, tokens, words, { sideways, ends })),
  };
}

function range(values: number[]): [number, number] {
  return [values.reduce((least, value) => Math.min(least, value), Infinity), values.reduce((most, value) => Math.max(most, value), -Infinity)];
}

/** Whether each bar says its value. */
function labelled(data: ChartData, sideways: boolean): boolean {
  return data.series.length === 1 && data.categories.length <= (sideways ? 40 : 12);
}

function label(tokens: Tokens) {
  return { color: tokens.muted, fontSize: 12, fontFamily: FONT };
}

function xAxis(settings: ChartSettings, data: ChartData, tokens: Tokens, words: ChartWords, sideways: boolean) {
  const line = { axisLine: { show: true, lineStyle: { color: tokens.edge } }, axisTick: { show: false }, splitLine: { show: false } };
  if (data.axis === 'category') {
    return {
      ...line,
      type: 'category',
      data: data.categories.map((name) => words.x(name)),
      boundaryGap: settings.kind === 'bar' || settings.kind === 'scatter',
      axisLabel: { ...label(tokens), color: tokens.ink, width: sideways ? 180 : 110, overflow: 'truncate', hideOverlap: true, interval: sideways ? 0 : 'auto' },
    };
  }
  const [least, most] = range(data.series.flatMap((series) => series.points.map((point) => point.at)));
  const times = data.axis === 'time' && least <= most ? timeTicks(least, most, TICKS) : null;
  const format = (value: number) => (times ? words.time(value, times.unit) : data.plainX ? String(value) : words.tick(value, Math.max(-least, most)));
  return {
    ...line,
    type: data.axis === 'time' ? 'time' : 'value',
    scale: true,
    ...(data.plainX || settings.x === null ? { minInterval: 1 } : {}),
    ...(settings.kind === 'scatter' ? {} : { min: 'dataMin', max: 'dataMax' }),
    axisLabel: { ...label(tokens), formatter: format, hideOverlap: true, ...(times ? { customValues: times.at } : {}) },
  };
}

function yAxis(settings: ChartSettings, data: ChartData, tokens: Tokens, words: ChartWords, sideways: boolean) {
  const [least, most] = range(data.series.flatMap((series) => series.points.flatMap((point) => (point.y === null ? [] : [point.y]))));
  // Where each bar says its value, an axis would say it again.
  const said = sideways && labelled(data, sideways);
  // What has a length or a surface begins at zero; a line may begin where its values do, if they are far from it.
  const free = settings.kind === 'scatter' || (settings.kind === 'line' && (least > most * 0.6 || most < least * 0.6));
  return {
    type: 'value',
    scale: free,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: !said, lineStyle: { color: tokens.line } },
    splitNumber: 4,
    position: sideways ? 'top' : undefined,
    axisLabel: { ...label(tokens), show: !said, formatter: (value: number) => words.tick(value, Math.max(-least, most)), hideOverlap: true },
  };
}

function tooltip(settings: ChartSettings, data: ChartData, tokens: Tokens, words: ChartWords) {
  const point = (found: { seriesIndex: number; dataIndex: number }) => data.series[found.seriesIndex]?.points[found.dataIndex];
  return {
    // Drawn as text of the picture: as HTML a value could be taken for markup.
    renderMode: 'richText',
    trigger: settings.kind === 'scatter' ? 'item' : 'axis',
    axisPointer: { type: settings.kind === 'bar' ? 'shadow' : 'line', label: { show: false }, lineStyle: { color: tokens.edge }, shadowStyle: { color: tokens.ink, opacity: 0.05 } },
    confine: true,
    transitionDuration: 0,
    backgroundColor: tokens.paper,
    borderColor: tokens.edge,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: tokens.ink, fontFamily: FONT, fontSize: 12 },
    formatter: (given: unknown) => {
      const found = (Array.isArray(given) ? given : [given]) as { seriesIndex: number; dataIndex: number; seriesName: string }[];
      const first = found[0] && point(found[0]);
      if (!first) return '';
      const lines = found.flatMap((one) => {
        const at = point(one);
        return at?.y == null ? [] : [`${clipped(one.seriesName)}  ${written(at, words)}`];
      });
      return [clipped(words.x(first.x)), ...lines].join('\n');
    },
  };
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

export function written(point: Point, words: ChartWords): string {
  return words.exact(point.exact ?? point.y!);
}

function drawn(
  series: Series, at: number, settings: ChartSettings, data: ChartData, tokens: Tokens, words: ChartWords, layout: { sideways: boolean; ends: boolean },
): Record<string, unknown> {
  const colors = palette(tokens);
  const color = colors[at % colors.length]!;
  const points = series.points.map((point) => (data.axis === 'category' ? point.y : [point.at, point.y]));
  const base = { name: series.name, data: points, emphasis: { focus: data.series.length > 1 ? 'series' : 'none' } };
  if (settings.kind === 'bar') {
    const [least, most] = range(series.points.flatMap((point) => (point.y === null ? [] : [point.y])));
    return {
      ...base,
      type: 'bar',
      barMaxWidth: layout.sideways ? 18 : 44,
      barGap: '10%',
      barCategoryGap: '32%',
      itemStyle: { color, borderRadius: layout.sideways ? [0, 2, 2, 0] : [2, 2, 0, 0], decal: decal(at, tokens) },
      label: {
        show: labelled(data, layout.sideways), position: layout.sideways ? 'right' : 'top', color: tokens.ink, fontFamily: FONT, fontSize: 12,
        formatter: ({ dataIndex }: { dataIndex: number }) => (series.points[dataIndex]?.y == null ? '' : words.tick(series.points[dataIndex]!.y!, Math.max(-least, most))),
      },
    };
  }
  if (settings.kind === 'scatter') {
    return { ...base, type: 'scatter', symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: series.points.length > 1000 ? 4 : 8, itemStyle: { color, opacity: 0.75 } };
  }
  const alone = (index: number) => series.points[index]?.y !== null && series.points[index - 1]?.y == null && series.points[index + 1]?.y == null;
  const symbols = series.points.length <= 40;
  const last = layout.ends ? series.points.findLastIndex((point) => point.y !== null) : -1;
  // The series carries its name at its last point; the names move apart where they would meet.
  const end = { show: true, position: 'right', distance: 8, color, fontFamily: FONT, fontSize: 12, lineHeight: 16, width: 104, overflow: 'truncate', formatter: () => series.name };
  return {
    ...base,
    data: points.map((value, at) => (at === last ? { value, label: end } : value)),
    type: 'line',
    connectNulls: false,
    symbol: SYMBOLS[at % SYMBOLS.length],
    // A point between two gaps has no line, so it is always drawn as a point.
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (symbols || alone(dataIndex) ? 6 : 0),
    showAllSymbol: true,
    lineStyle: { color, width: 2, type: DASHES[at % DASHES.length] },
    itemStyle: { color },
    ...(settings.kind === 'area' ? { areaStyle: { color, opacity: 0.18 } } : {}),
    labelLayout: { moveOverlap: 'shiftY' },
  };
}
