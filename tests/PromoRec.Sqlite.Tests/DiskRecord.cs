using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PromoRec.Sqlite.Tests;

/// <summary>Reads what strace has recorded of a process and its store.</summary>
internal static partial class DiskRecord
{
    /// <summary>The events in their order; those of other files are left out.</summary>
    /// <param name="log">What strace has written.</param>
    /// <param name="file">The store's file.</param>
    public static List<DiskEvent> Read(string log, string file)
    {
        List<DiskEvent> events = [];
        Dictionary<string, DiskEvent> unfinished = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(log))
        {
            string thread = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            if (Resumed().IsMatch(line))
            {
                if (unfinished.Remove(thread, out DiskEvent? begun))
                {
                    events.Add(begun);
                }
            }
            else if (Parse(line, file) is not { } one)
            {
                continue;
            }
            else if (one.Kind == DiskEventKind.Sync && line.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                // It holds from its end on; whatever is written has begun with its start.
                unfinished[thread] = one;
            }
            else
            {
                events.Add(one);
            }
        }

        return events;
    }

    private static DiskEvent? Parse(string line, string file)
    {
        Match call = Call().Match(line);
        if (!call.Success)
        {
            return null;
        }

        string name = Text(call.Groups["path"].Value);
        byte[] bytes = Bytes(call.Groups["bytes"].Value);
        long number = long.TryParse(call.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed) ? parsed : 0;
        if (call.Groups["call"].Value == "write")
        {
            string said = Encoding.UTF8.GetString(bytes);
            return said.StartsWith("ack ", StringComparison.Ordinal) ? new DiskEvent(DiskEventKind.Said, said.TrimEnd('\n')) : null;
        }

        string target = call.Groups["call"].Value == "unlink" ? Encoding.UTF8.GetString(bytes) : name;

        if (target == Path.GetDirectoryName(file))
        {
            return new DiskEvent(DiskEventKind.SyncFolder, string.Empty);
        }

        // The shared memory is no part of what survives: it is made anew.
        if (!target.StartsWith(file, StringComparison.Ordinal) || target.EndsWith("-shm", StringComparison.Ordinal))
        {
            return null;
        }

        string end = target[file.Length..];
        return call.Groups["call"].Value switch
        {
            "pwrite64" => new DiskEvent(DiskEventKind.Write, end, number, bytes),
            "ftruncate" => new DiskEvent(DiskEventKind.Truncate, end, number),
            "unlink" => new DiskEvent(DiskEventKind.Delete, end),
            _ => new DiskEvent(DiskEventKind.Sync, end),
        };
    }

    private static string Text(string hexadecimal) => Encoding.UTF8.GetString(Bytes(hexadecimal));

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace("\\x", string.Empty, StringComparison.Ordinal));

    // Such as: 123 pwrite64(7<\x2f\x61>, "\x00\x01", 2, 4096) = 2
    [GeneratedRegex(
        """^\d+ +(?<call>write|pwrite64|ftruncate|fsync|fdatasync|unlink)\((\d+<(?<path>(\\x[0-9a-f]{2})*)>[^,)]*)?(, )?("(?<bytes>(\\x[0-9a-f]{2})*)")?((, \d+)?, (?<number>\d+))?(\)| <unfinished)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Call();

    [GeneratedRegex(@"^\d+ +<\.\.\. f(data)?sync resumed>", RegexOptions.CultureInvariant)]
    private static partial Regex Resumed();
}
