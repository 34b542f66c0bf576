namespace PromoRec;

/// <summary>One thing that is wrong with a file of settings, and where.</summary>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Column">Its character in the line, counted from 1.</param>
/// <param name="Path">The path of the value, such as "$.caps[2].limit".</param>
/// <param name="Text">What is wrong, what is allowed, and the remedy; goes on after the path.</param>
internal readonly record struct JsonFault(int Line, int Column, string Path, string Text)
{
    /// <summary>The text with the end of a sentence.</summary>
    public string Sentence => Text.EndsWith('?') ? Text : $"{Text}.";
}
