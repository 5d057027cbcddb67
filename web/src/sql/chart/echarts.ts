import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendScrollComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

register([BarChart, LineChart, ScatterChart, GridComponent, LegendScrollComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export { init };
export type { EChartsType } from 'echarts/core';
export type { EChartsCoreOption } from 'echarts/core';
