// Sends one run in a producer's style by one of the official exporters, to every endpoint named: node send.mjs STYLE EXPORTER ENDPOINT...
import { readFileSync } from 'node:fs';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const [style, exporter, ...endpoints] = process.argv.slice(2);
const { OTLPTraceExporter } = await import(`@opentelemetry/exporter-trace-otlp-${exporter}`);

const memory = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'travel', 'service.version': '1.2.3' }),
  spanProcessors: [new SimpleSpanProcessor(memory)],
});
const tracer = provider.getTracer(`agenttrace.interop.${style}`, '1.0.0');

const start = Date.now() - 60_000;
const spans = [];
for (const [index, shape] of JSON.parse(readFileSync(new URL('styles.json', import.meta.url)))[style].entries()) {
  const parent = shape.parent < 0 ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, spans[shape.parent]);
  spans.push(tracer.startSpan(shape.name, { startTime: start + index * 1000, attributes: shape.attributes }, parent));
  if (shape.error) {
    spans[index].recordException({ name: 'Error', message: shape.error }, start + index * 1000 + 100);
    spans[index].setStatus({ code: SpanStatusCode.ERROR, message: shape.error });
  }
}

// Children end before their parents, as they do in a program.
for (const [index, span] of [...spans.entries()].reverse()) {
  span.end(start + (index === 0 ? 20_000 : index * 1000 + 500));
}

await provider.forceFlush();
const finished = memory.getFinishedSpans();
for (const url of endpoints) {
  const target = new OTLPTraceExporter({ url });
  await new Promise((resolve, reject) => target.export(finished, (result) => (result.code === 0 ? resolve() : reject(result.error ?? new Error('refused')))));
  await target.shutdown();
}
