using System.Text.Json;
using AgentTrace.Conventions;
using YamlDotNet.RepresentationModel;

namespace AgentTrace.Collector.Tests.Samples;

/// <summary>The containers of the sample fit together: what one names, another has.</summary>
public sealed class ObservabilityStackTests
{
    private const string Compose = "docker-compose.yml";

    private static YamlNode Services => ObservabilitySample.Yaml(Compose).At("services")!;

    private static YamlNode Otel => ObservabilitySample.Yaml("otel-collector.yaml");

    [Fact]
    public void Compose_MountsFilesThatAreThere_AndVolumesThatAreDeclared()
    {
        string[] volumes = [.. ObservabilitySample.Yaml(Compose).At("volumes").Keys()];
        string[] sources = [.. Services.Keys().SelectMany(service => Services.At(service, "volumes").Items()).Select(mount => mount.Split(':')[0])];

        Assert.Equal(11, sources.Length);
        Assert.All(sources, source => Assert.True(volumes.Contains(source) || Path.Exists(Path.Combine(ObservabilitySample.Folder, source)), $"{source} is neither a declared volume nor a file"));
        Assert.All(volumes, volume => Assert.Contains(volume, sources));
    }

    [Fact]
    public void Compose_ConfigurationsThatCommandsName_AreMounted()
    {
        foreach (string service in Services.Keys())
        {
            string[] targets = [.. Services.At(service, "volumes").Items().Select(mount => mount.Split(':')[1])];
            foreach (string word in Services.At(service, "command").Items().Where(word => word.Contains("/etc/", StringComparison.Ordinal)))
                Assert.Contains(word.Split('=')[^1], targets);
        }
    }

    [Fact]
    public void Compose_OpensPortsOnLoopbackOnly_AndPinsEveryImage()
    {
        Assert.All(Services.Keys().SelectMany(service => Services.At(service, "ports").Items()), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.All(Services.Keys().Select(service => Services.At(service, "image")?.ToString()).OfType<string>(), image => Assert.Matches(@":v?\d+\.\d+\.\d+$", image));
    }

    [Fact]
    public void Compose_TheImageIsBuiltFromFilesOfTheCheckout()
    {
        Assert.True(File.Exists(Path.Combine(ObservabilitySample.Folder, "../..", Services.At("agenttrace", "build", "dockerfile")!.ToString())));
        foreach (string line in ObservabilitySample.Text("Dockerfile.dockerignore").Split('\n').Where(line => line.StartsWith('!')))
            Assert.True(Path.Exists(Path.Combine(ObservabilitySample.Folder, "../..", line[1..])), line);
    }

    [Fact]
    public void OtelCollector_PipelinesNameWhatIsDeclared_AndNothingIsIdle()
    {
        foreach (string kind in (string[])["receivers", "exporters"])
        {
            string[] used = [.. Pipelines().SelectMany(pipeline => pipeline.At(kind).Items()).Distinct().Order(StringComparer.Ordinal)];
            Assert.Equal(Otel.At(kind).Keys().Order(StringComparer.Ordinal), used);
        }
    }

    [Fact]
    public void OtelCollector_SpansOfAppsGoToAgentTraceAlone_AndNothingReturnsToIt()
    {
        Assert.Equal(["otlp_grpc/agenttrace"], Otel.At("service", "pipelines", "traces/apps", "exporters").Items());
        foreach (YamlNode pipeline in Pipelines().Where(pipeline => pipeline.At("receivers").Items().Contains("otlp/attributed")))
            Assert.DoesNotContain("otlp_grpc/agenttrace", pipeline.At("exporters").Items());
    }

    [Theory]
    [InlineData("otlp_grpc/agenttrace", "agenttrace:4317")]
    [InlineData("otlp_grpc/tempo", "tempo:4317")]
    [InlineData("otlp_grpc/jaeger", "jaeger:4317")]
    [InlineData("otlp_http/prometheus", "http://prometheus:9090/api/v1/otlp")]
    public void OtelCollector_SendsToServicesWhereTheyListen(string exporter, string endpoint)
    {
        Assert.Equal(endpoint, Otel.At("exporters", exporter, "endpoint")!.ToString());
        Assert.Contains(new Uri(endpoint.Contains("//", StringComparison.Ordinal) ? endpoint : $"grpc://{endpoint}").Host, Services.Keys());
    }

    [Fact]
    public void AgentTrace_SendsBackToTheSecondReceiver()
    {
        JsonElement settings = JsonDocument.Parse(ObservabilitySample.Text("agenttrace.json"), new() { CommentHandling = JsonCommentHandling.Skip }).RootElement.GetProperty("AgentTrace");
        string port = Otel.At("receivers", "otlp/attributed", "protocols", "grpc", "endpoint")!.ToString().Split(':')[1];

        Assert.Equal($"grpc://otel-collector:{port}", Assert.Single(settings.GetProperty("Forward").EnumerateArray()).GetString());
        Assert.StartsWith("/data/", settings.GetProperty("Store").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tempo_ListensWhereSpansAreSent_AndGrafanaAsks()
    {
        YamlNode tempo = ObservabilitySample.Yaml("tempo.yaml");

        Assert.Equal("0.0.0.0:4317", tempo.At("distributor", "receivers", "otlp", "protocols", "grpc", "endpoint")!.ToString());
        Assert.Contains($"http://tempo:{tempo.At("server", "http_listen_port")}", DataSources().Select(source => source.At("url")!.ToString()));
    }

    [Fact]
    public void Grafana_DataSourcesAreServicesOfTheStack() =>
        Assert.All(DataSources(), source => Assert.Contains(new Uri(source.At("url")!.ToString()).Host, Services.Keys()));

    [Fact]
    public void Grafana_DashboardsAskDataSourcesThatAreProvisioned()
    {
        string[] known = [.. DataSources().Select(source => source.At("uid")!.ToString())];
        foreach (JsonElement dashboard in ObservabilitySample.Dashboards.Select(ObservabilitySample.Dashboard))
            foreach (JsonElement panel in dashboard.GetProperty("panels").EnumerateArray())
                Assert.Contains(panel.GetProperty("datasource").GetProperty("uid").GetString(), (string[])[.. known, "${traces}"]);
    }

    [Fact]
    public void Grafana_DashboardsComeFromTheFolderThatIsMounted() =>
        Assert.Contains($"./grafana/dashboards:{((YamlSequenceNode)ObservabilitySample.Yaml("grafana/providers/agenttrace.yaml").At("providers")!)[0].At("options", "path")}:ro", Services.At("grafana", "volumes").Items());

    [Fact]
    public void Jaeger_LinksFromTheAttributeThatVerdictsCarry()
    {
        JsonElement link = JsonDocument.Parse(ObservabilitySample.Text("jaeger-ui.json")).RootElement.GetProperty("linkPatterns")[0];

        Assert.Equal(AttributionAttributes.CulpritSpanId, link.GetProperty("key").GetString());
        Assert.EndsWith($"?uiFind=#{{{AttributionAttributes.CulpritSpanId}}}", link.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    private static IEnumerable<YamlNode> DataSources() => (YamlSequenceNode)ObservabilitySample.Yaml("grafana/datasources/datasources.yaml").At("datasources")!;

    private static IEnumerable<YamlNode> Pipelines() => ((YamlMappingNode)Otel.At("service", "pipelines")!).Children.Values;
}
