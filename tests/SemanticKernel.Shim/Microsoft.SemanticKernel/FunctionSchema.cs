using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.SemanticKernel;

/// <summary>The JSON schema of a function's parameters.</summary>
internal static class FunctionSchema
{
    public static JsonElement Of(KernelFunctionMetadata metadata)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (KernelParameterMetadata parameter in metadata.Parameters)
        {
            properties[parameter.Name] =
                new JsonObject { ["type"] = TypeName(parameter.ParameterType), ["description"] = parameter.Description };
            if (parameter.IsRequired)
                required.Add((JsonNode)parameter.Name);
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties, ["required"] = required };
        return JsonElement.Parse(schema.ToJsonString());
    }

    private static string TypeName(Type? type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type ?? typeof(object)) ?? type) switch
    {
        TypeCode.String or TypeCode.Char or TypeCode.DateTime => "string",
        TypeCode.Boolean => "boolean",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "number",
        TypeCode.Object or TypeCode.DBNull or TypeCode.Empty => "object",
        _ => "integer",
    };
}
