namespace PromoRec.Push.PolicyFile;

/// <summary>Something that is wrong, or doubtful, in a policy file, and where.</summary>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Column">Its character in the line, counted from 1.</param>
/// <param name="Path">The path of the value, such as "caps[2].limit"; empty for the whole file.</param>
/// <param name="Message">What is wrong, the value found, what is allowed, and the remedy.</param>
public sealed record PolicyFileFault(int Line, int Column, string Path, string Message);
