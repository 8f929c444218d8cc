using AgentTrace.Collector.Viewer.Wording;
using Microsoft.AspNetCore.Components;

namespace AgentTrace.Collector.Viewer.Pictures;

/// <summary>A word in a picture. Razor reads a <c>text</c> tag in a loop as its own, so it is written here.</summary>
internal static class SvgText
{
    public static RenderFragment At(double x, double y, string css, string text) => builder =>
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Words.Number(x));
        builder.AddAttribute(2, "y", Words.Number(y));
        builder.AddAttribute(3, "class", css);
        builder.AddContent(4, text);
        builder.CloseElement();
    };
}
