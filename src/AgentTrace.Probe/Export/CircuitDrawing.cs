using System.Globalization;
using System.Text;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Export;

/// <summary>Draws a circuit as SVG: a row for each site from the tokens at the bottom to the logits on top, edges thicker the greater their weight.</summary>
public static class CircuitDrawing
{
    private const int Gap = 74;
    private const int RowHeight = 64;
    private const int Left = 150;
    private const int Radius = 13;

    // Attention's queries, keys and values stand in one row: they are computed side by side.
    private static readonly CircuitSite[][] s_rows =
        [[CircuitSite.AttentionIn], [CircuitSite.Query, CircuitSite.Key, CircuitSite.Value], [CircuitSite.AttentionOut], [CircuitSite.MlpIn], [CircuitSite.Neuron], [CircuitSite.MlpOut]];

    /// <summary>Writes the drawing.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="vocabulary">The words of the model's tokens.</param>
    /// <param name="stream">Where it goes, UTF-8.</param>
    public static void Write(Circuit circuit, Vocabulary vocabulary, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(vocabulary);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(Draw(circuit, vocabulary));
    }

    private static string Draw(Circuit circuit, Vocabulary vocabulary)
    {
        CircuitNode[][] rows = [.. Rows(circuit).Where(row => row.Length > 0)];
        int width = Left + (Math.Max(1, rows.Select(row => row.Length).DefaultIfEmpty(1).Max()) * Gap) + 20, height = ((rows.Length + 2) * RowHeight) + 40;
        var places = new Dictionary<CircuitNode, (int X, int Y)>();
        for (int r = 0; r < rows.Length; r++)
            for (int i = 0; i < rows[r].Length; i++)
                places[rows[r][i]] = (Left + (i * Gap) + (Gap / 2), height - ((r + 2) * RowHeight) + 10);
        float strongest = circuit.Edges.Select(edge => Math.Abs(edge.Weight)).DefaultIfEmpty(1).Max();
        var svg = new StringBuilder();
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">""");
        Line($"""<rect width="{width}" height="{height}" fill="#fff"/>""");
        Line($"""<text x="10" y="20" font-size="14">{Text(circuit.Task)}: {circuit.Nodes.Count} nodes, {circuit.Edges.Count} edges, loss {circuit.Score.Loss:F3}</text>""");
        Line($"""<text x="10" y="{height - RowHeight + 14}" fill="#555">tokens</text>""");
        Line($"""<text x="10" y="46" fill="#555">logits of {Text(vocabulary.Words[circuit.First])} and {Text(vocabulary.Words[circuit.Second])}</text>""");
        foreach (CircuitEdge edge in circuit.Edges)
        {
            ((int x1, int y1), (int x2, int y2)) = (places[edge.From], places[edge.To]);
            Line($"""<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{(edge.Weight > 0 ? "#2166ac" : "#b2182b")}" stroke-width="{1 + (3 * Math.Abs(edge.Weight) / strongest):F1}"><title>{edge.Weight:F3}</title></line>""");
        }

        for (int i = 0; i < circuit.Nodes.Count; i++)
        {
            CircuitNode node = circuit.Nodes[i];
            (int x, int y) = places[node];
            string importance = circuit.NodeImportances.Count > i ? $", without it the loss rises by {circuit.NodeImportances[i].ToString("F3", CultureInfo.InvariantCulture)}" : "";
            Line($"""<circle cx="{x}" cy="{y}" r="{Radius}" fill="#f7f7f7" stroke="#333"><title>{NodeName.Of(node)}, mean {circuit.NodeMeans[i]:F3}{importance}</title></circle>""");
            Line($"""<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="9">{node.Channel}</text>""");
        }

        foreach (CircuitNode[] row in rows)
            Line($"""<text x="10" y="{places[row[0]].Y + 4}" fill="#555">{row[0].Layer}: {string.Join(", ", row.Select(node => NodeName.Of(node.Site)).Distinct())}</text>""");
        svg.Append("</svg>\n");
        return svg.ToString();

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static IEnumerable<CircuitNode[]> Rows(Circuit circuit) =>
        from layer in circuit.Nodes.Select(node => node.Layer).Distinct().Order()
        from sites in s_rows
        select circuit.Nodes.Where(node => node.Layer == layer && sites.Contains(node.Site)).OrderBy(node => node.Site).ThenBy(node => node.Channel).ToArray();

    private static string Text(string text) => System.Security.SecurityElement.Escape(text);
}
