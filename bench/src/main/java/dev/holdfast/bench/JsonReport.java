package dev.holdfast.bench;

import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import java.util.List;

/** The report for programs: every raw figure of every run that counted. */
final class JsonReport {
    private static final int SCHEMA_VERSION = 1;

    private JsonReport() {}

    static String text(Setting setting, Plan plan, List<Result> results) {
        return Json.prettyText(new JsonObject()
                .put("schema_version", SCHEMA_VERSION)
                .put("time", setting.time().toString())
                .put("machine", machine(setting.machine()))
                .put("versions", versions(setting.versions()))
                .put("connection", setting.connection())
                .put("not_measured", setting.missing())
                .put("server_settings", settings())
                .put("runs", plan.runs())
                .put("jobs", plan.jobs())
                .put("scale", plan.scale())
                .put("works", results.stream().map(JsonReport::work).toList()));
    }

    private static JsonObject machine(Machine machine) {
        return new JsonObject()
                .put("system", machine.system())
                .put("processor", machine.processor())
                .put("processors", machine.processors())
                .putIfPresent("memory_bytes", machine.memoryBytes())
                .put("load", machine.load())
                .put("busy", machine.isBusy());
    }

    private static JsonObject versions(Setting.Versions versions) {
        return new JsonObject()
                .put("holdfast", versions.holdfast())
                .put("started_by", versions.startedBy())
                .put("postgresql", versions.postgres())
                .put("java", versions.java());
    }

    private static JsonObject settings() {
        var settings = new JsonObject();
        ServerSettings.values().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
        return settings;
    }

    private static JsonObject work(Result result) {
        return new JsonObject()
                .put("name", result.work().name())
                .put("title", result.work().title())
                .put("peers", result.work().peers())
                .put(
                        "contenders",
                        result.work().contenders().stream()
                                .map(contender -> contender(result, contender.name()))
                                .toList())
                .put(
                        "bars",
                        result.work().bars().stream()
                                .map(bar -> judgment(bar.contender(), bar.judge(result)))
                                .toList());
    }

    private static JsonObject contender(Result result, String name) {
        var contender = new JsonObject().put("name", name);
        result.seconds(name)
                .ifPresent(seconds -> contender
                        .put("min_seconds", seconds.min())
                        .put("median_seconds", seconds.median())
                        .put("max_seconds", seconds.max()));
        if (result.failures().containsKey(name)) {
            contender.put("failure", result.failures().get(name));
        }
        return contender.put(
                "runs",
                result.samples().getOrDefault(name, List.of()).stream()
                        .map(JsonReport::sample)
                        .toList());
    }

    private static JsonObject sample(Sample sample) {
        return new JsonObject()
                .put("seconds", sample.seconds())
                .putIfPresent("user_seconds", sample.usage().map(Usage::userSeconds))
                .putIfPresent("system_seconds", sample.usage().map(Usage::systemSeconds))
                .putIfPresent("server_cpu_seconds", sample.serverCpu())
                .putIfPresent("peak_bytes", sample.usage().flatMap(Usage::peakBytes))
                .putIfPresent("bytes", sample.bytes());
    }

    private static JsonObject judgment(String contender, Judgment judgment) {
        return new JsonObject()
                .put("contender", contender)
                .put("bar", judgment.bar())
                .put("found", judgment.found())
                .put("verdict", judgment.verdict().word().replace(' ', '_').toLowerCase(java.util.Locale.ROOT));
    }
}
