namespace PromoRec.Cli.Reading;

/// <summary>Reads the label of an example.</summary>
internal static class LabelText
{
    /// <summary>1 and 0 for true and false, or the number; null where the text is none.</summary>
    public static double? Parse(string? text, bool classifies) => text is null ? null : classifies ? Truth(text) : Number(text);

    /// <summary>What a label may be, for messages.</summary>
    public static string Expected(bool classifies) => classifies ? "1, +1, true or yes, or 0, -1, false or no" : "a finite number";

    private static double? Truth(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" => 1,
        "FALSE" or "NO" => 0,
        _ => Number(text) switch
        {
            1 => 1,
            0 or -1 => 0,
            _ => null,
        },
    };

    private static double? Number(string text) => FieldText.TryDouble(System.Text.Encoding.UTF8.GetBytes(text), out double value) ? value : null;
}
