namespace PromoRec.DependencyInjection;

/// <summary>A file with a jurisdiction pack of the host.</summary>
/// <param name="Utf8Json">What it holds.</param>
/// <param name="Name">Its name, for messages.</param>
internal sealed record PackFile(ReadOnlyMemory<byte> Utf8Json, string Name);
