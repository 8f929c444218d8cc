namespace AgentTrace.Analyzers.Rules.Content;

/// <summary>Identifiers that say their value is a secret: by their last words, since an <c>apiKeyName</c> is none.</summary>
internal static class SecretNames
{
    private static readonly string[] s_endings =
    [
        "password", "passwd", "passphrase", "secret", "apikey", "accesskey", "privatekey", "accountkey", "connectionstring",
        "accesstoken", "authtoken", "bearertoken", "refreshtoken", "idtoken", "apitoken", "sessiontoken", "sastoken", "securitytoken",
    ];

    public static bool Says(string identifier)
    {
        string bare = string.Concat(identifier.Split('_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        foreach (string ending in s_endings)
            if (bare.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && StartsWord(bare, bare.Length - ending.Length))
                return true;
        return false;
    }

    // 'IdToken' ends in a secret's name, 'GridToken' does not.
    private static bool StartsWord(string name, int at) => char.IsUpper(name[at]);
}
