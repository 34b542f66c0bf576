namespace PromoRec.Cli.Reading;

/// <summary>How rows stand in a file.</summary>
internal enum InputFormat
{
    /// <summary>A header and rows of fields with commas between them.</summary>
    Csv,

    /// <summary>A header and rows of fields with tabs between them.</summary>
    Tsv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
