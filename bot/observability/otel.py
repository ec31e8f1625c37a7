"""OpenTelemetry, with the extra `otel`: spans and instruments leave by OTLP over HTTP.

Nothing else in the bot knows it; without it, or without an endpoint, nothing of it is loaded.
Spans hold our own names and numbers only: an exception is told by its type, never by its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from opentelemetry import metrics as api
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from bot.observability import metrics, tracing

if TYPE_CHECKING:
    from opentelemetry.trace import Span
    from opentelemetry.trace import Tracer as OtelTracer

_NAME = "presence-bot"
_CARRIED = TraceContextTextMapPropagator()


class _Span:
    def __init__(self, span: Span) -> None:
        self._span = span

    def note(self, name: str, value: tracing.Attribute) -> None:
        """Add an attribute."""
        self._span.set_attribute(name, value)


class _Tracer:
    """Implements bot.observability.tracing.Tracer."""

    def __init__(self, tracer: OtelTracer) -> None:
        self._tracer = tracer

    @contextmanager
    def span(
        self, name: str, parent: str | None, attributes: dict[str, tracing.Attribute]
    ) -> Iterator[_Span]:
        """Make a span, the current one until its end."""
        context = None if parent is None else _CARRIED.extract({"traceparent": parent})
        with self._tracer.start_as_current_span(
            name,
            context=context,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield _Span(span)
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def carry(self) -> str | None:
        """Return the current span as a `traceparent`."""
        carrier: dict[str, str] = {}
        _CARRIED.inject(carrier)
        return carrier.get("traceparent")


def start(endpoint: str) -> Callable[[], None]:
    """Send traces and metrics to an OTLP collector; return what sends the rest and stops."""
    at = endpoint.rstrip("/")
    resource = Resource.create({"service.name": _NAME})
    traces = TracerProvider(resource=resource, shutdown_on_exit=False)
    traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{at}/v1/traces")))
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(endpoint=f"{at}/v1/metrics"))
    meters = MeterProvider(resource=resource, metric_readers=[reader], shutdown_on_exit=False)
    _hand_over(meters.get_meter(_NAME))
    tracing.set_tracer(_Tracer(traces.get_tracer(_NAME)))

    def stop() -> None:
        tracing.set_tracer(None)
        traces.shutdown()
        meters.shutdown()

    return stop


def _hand_over(meter: api.Meter) -> None:
    """Let the meter read our counters, and our histograms tell theirs."""
    for one in metrics.INSTRUMENTS:
        if isinstance(one, metrics.Counter):
            meter.create_observable_counter(
                one.name, callbacks=[partial(_observed, one)], description=one.about
            )
        elif isinstance(one, metrics.Histogram):
            theirs = meter.create_histogram(one.name, unit="s", description=one.about)
            one.also = partial(_record, theirs, one.labels)


def _observed(counter: metrics.Counter, _: Any) -> list[api.Observation]:
    return [
        api.Observation(count, dict(zip(counter.labels, values, strict=True)))
        for values, count in counter.counts().items()
    ]


def _record(
    theirs: api.Histogram, labels: tuple[str, ...], seconds: float, values: tuple[str, ...]
) -> None:
    theirs.record(seconds, dict(zip(labels, values, strict=True)))
