namespace PromoRec.Sqlite.Tests;

/// <summary>What a disk may hold after the power was cut: everything that was synced, and of the rest some sectors here and there.</summary>
internal static class DiskImage
{
    private const int SectorLength = 512;

    /// <summary>Writes the files as they may be when the power is cut after some of the events.</summary>
    public static void Write(IReadOnlyList<DiskEvent> events, int cut, Random random, string file)
    {
        foreach (string end in events.Take(cut).Where(one => one.Kind is DiskEventKind.Write).Select(one => one.File).Distinct())
        {
            if (Content(events, cut, end, random) is { } content)
            {
                File.WriteAllBytes(file + end, content);
            }
        }
    }

    /// <summary>One file; null when it is not there.</summary>
    private static byte[]? Content(IReadOnlyList<DiskEvent> events, int cut, string end, Random random)
    {
        int synced = LastIndex(events, cut, one => one.Kind == DiskEventKind.Sync && one.File == end);
        int deleted = LastIndex(events, cut, one => one.Kind == DiskEventKind.SyncFolder);
        MemoryStream? content = null;
        for (int i = 0; i < cut; i++)
        {
            if (events[i].File == end)
            {
                content = Apply(content, events[i], i < (events[i].Kind == DiskEventKind.Delete ? deleted : synced) ? null : random);
            }
        }

        return content?.ToArray();
    }

    private static int LastIndex(IReadOnlyList<DiskEvent> events, int cut, Func<DiskEvent, bool> isOne)
    {
        int last = cut - 1;
        while (last >= 0 && !isOne(events[last]))
        {
            last--;
        }

        return last;
    }

    /// <param name="content">The file before.</param>
    /// <param name="one">What is done to it.</param>
    /// <param name="random">Chance, for what was not synced; null for what was.</param>
    private static MemoryStream? Apply(MemoryStream? content, DiskEvent one, Random? random)
    {
        switch (one.Kind)
        {
            case DiskEventKind.Write:
                content ??= new MemoryStream();
                for (int at = 0; at < one.Bytes!.Length; at += SectorLength)
                {
                    if (random is null || random.Next(2) == 0)
                    {
                        content.Position = one.Offset + at;
                        content.Write(one.Bytes.AsSpan(at, Math.Min(SectorLength, one.Bytes.Length - at)));
                    }
                }

                return content;
            case DiskEventKind.Truncate when random is null || random.Next(2) == 0:
                content ??= new MemoryStream();
                content.SetLength(one.Offset);
                return content;
            case DiskEventKind.Delete when random is null || random.Next(2) == 0:
                return null;
            default:
                return content;
        }
    }
}
