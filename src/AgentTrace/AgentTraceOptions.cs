namespace AgentTrace;

/// <summary>
/// What the SDK records. Set in <c>AddAgentTraceInstrumentation(o => ...)</c>; read once, as the tracer provider is built.
/// </summary>
/// <remarks>
/// The options hold for the whole process, because the activity source does. With several tracer providers the one built last decides;
/// once it is disposed, the one before it decides again, and without any provider content is off.
/// </remarks>
public sealed class AgentTraceOptions
{
    /// <summary>
    /// The variable that sets <see cref="CaptureContent"/>'s default: <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c>.
    /// </summary>
    public const string CaptureContentVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /// <summary>Whether messages, arguments and results are written on spans.</summary>
    /// <value>
    /// Off, unless <see cref="CaptureContentVariable"/> is <c>true</c>, <c>1</c>, <c>SPAN_ONLY</c> or <c>SPAN_AND_EVENT</c>
    /// in the app's configuration, or in the environment where the app has no configuration. What code sets wins.
    /// </value>
    public bool CaptureContent { get; set; }

    /// <summary>How many characters of text one content attribute may hold; JSON punctuation is not counted.</summary>
    /// <value>16384 by default; <see cref="int.MaxValue"/> is no limit. Longer texts are shortened first, and every cut is marked.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxContentCharacters
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 16384;

    /// <summary>
    /// Takes secrets out of content before it is written. Also applied to the text of errors, whether content is captured or not.
    /// </summary>
    /// <value>A <see cref="SecretRedactor"/> by default.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IContentRedactor Redactor
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = SecretRedactor.Default;

    /// <summary>Whether the spans of Semantic Kernel, Microsoft Agent Framework and Microsoft.Extensions.AI are collected too.</summary>
    /// <value>True by default.</value>
    public bool SubscribeToFrameworks { get; set; } = true;

    /// <summary>
    /// Whether the frameworks' own spans are made to fit: no span twice, the names and shapes of the conventions, failures marked,
    /// content held to <see cref="CaptureContent"/>, <see cref="MaxContentCharacters"/> and <see cref="Redactor"/>.
    /// </summary>
    /// <value>
    /// True by default; without <see cref="SubscribeToFrameworks"/> it does nothing. With several tracer providers it is enough that one
    /// of them has it on, because they share the spans.
    /// </value>
    public bool NormalizeNativeSpans { get; set; } = true;
}
