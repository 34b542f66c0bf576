using System.Collections.Immutable;
using System.Text;

namespace PromoRec.Push.PolicyFile;

/// <summary>Push policies as a JSON file says them: checked as a whole, then immutable. The guide docs/guide/policy-file.md describes the format.</summary>
/// <remarks>
/// A file is made of the same options that code sets, and checked by the same validators. Add it with <c>AddPushPolicies</c>; what it does not mention stays as code says.
/// </remarks>
public sealed class PushPolicyFile
{
    /// <summary>Largest file in bytes: 4 MiB.</summary>
    public const int MaxLength = 4 << 20;

    internal PushPolicyFile(string name, PolicyDraft draft, ImmutableArray<PolicyFileRule> rules, ImmutableArray<PolicyFileFault> warnings)
    {
        Name = name;
        Draft = draft;
        Rules = rules;
        Warnings = warnings;
    }

    /// <summary>The file's name, as it was given.</summary>
    public string Name { get; }

    /// <summary>What the file means, a sentence for each rule, in the order in which they are applied.</summary>
    public ImmutableArray<PolicyFileRule> Rules { get; }

    /// <summary>What is allowed but probably not meant, such as a cap that a stricter one makes useless.</summary>
    public ImmutableArray<PolicyFileFault> Warnings { get; }

    /// <summary>The host's own channels.</summary>
    public ImmutableArray<ChannelId> Channels => Draft.Channels;

    internal PolicyDraft Draft { get; }

    /// <summary>Reads a file's content.</summary>
    /// <param name="utf8Json">JSON in UTF-8; comments and commas before a closing bracket are allowed.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="PolicyFileException">The file cannot be used; it carries every fault.</exception>
    public static PushPolicyFile Parse(ReadOnlySpan<byte> utf8Json, string fileName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        return PolicyFileReader.Read(utf8Json, fileName);
    }

    /// <summary>Reads a file's content.</summary>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string)"/>
    public static PushPolicyFile Parse(string json, string fileName)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), fileName);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="PolicyFileException">The file cannot be used; it carries every fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PushPolicyFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">JSON in UTF-8.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="PolicyFileException">The content cannot be used; it carries every fault.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PushPolicyFile Read(Stream stream, string fileName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        for (int read = -1; read != 0 && length <= MaxLength; length += read)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            read = stream.Read(buffer, length, buffer.Length - length);
        }

        return Parse(buffer.AsSpan(0, length), fileName);
    }
}
