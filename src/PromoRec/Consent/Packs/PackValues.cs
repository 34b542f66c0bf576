using System.Globalization;
using System.Text.Json;

namespace PromoRec.Consent.Packs;

/// <summary>Reads single values of a pack's file. A value that cannot be read is a fault, and the answer is one that does no harm.</summary>
internal sealed class PackValues(JsonFaults faults)
{
    public string? Text(LocatedJson value, string what)
    {
        if (value.Kind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.Text))
        {
            return value.Text;
        }

        faults.Add(value, $"is {value.Description}, but must be {what}");
        return null;
    }

    public int? Whole(LocatedJson value, int from, int to)
    {
        if (value.Kind == JsonValueKind.Number && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= from && number <= to)
        {
            return number;
        }

        faults.Add(value, string.Create(CultureInfo.InvariantCulture, $"is {value.Description}, but must be a whole number from {from} to {to}"));
        return null;
    }

    public bool Truth(LocatedJson value)
    {
        if (value.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(value, $"is {value.Description}, but must be true or false");
        }

        return value.Kind == JsonValueKind.True;
    }

    public T? Word<T>(LocatedJson value, (string Word, T Value)[] words)
        where T : struct
    {
        foreach ((string word, T meaning) in words)
        {
            if (value.Kind == JsonValueKind.String && value.Text == word)
            {
                return meaning;
            }
        }

        faults.Add(value, $"is {value.Description}, but must be one of {string.Join(", ", words.Select(pair => $"'{pair.Word}'"))}");
        return null;
    }

    /// <summary>A list of words, of which each may be there once.</summary>
    public IEnumerable<T> Words<T>(LocatedJson value, (string Word, T Value)[] words)
        where T : struct =>
        [.. Items(value, $"a list of words out of {string.Join(", ", words.Select(pair => $"'{pair.Word}'"))}").Select(item => Word(item, words)).OfType<T>()];

    public List<LocatedJson> Items(LocatedJson value, string what)
    {
        if (value.Kind != JsonValueKind.Array)
        {
            faults.Add(value, $"is {value.Description}, but must be {what}");
        }

        return value.Items;
    }

    /// <summary>The members of an object; one that is there twice is a fault.</summary>
    public List<KeyValuePair<string, LocatedJson>> Members(LocatedJson value, string what)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            faults.Add(value, $"is {value.Description}, but must be {what}");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string name, LocatedJson member) in value.Members)
        {
            if (!seen.Add(name))
            {
                faults.Add(member, "is there twice; leave one of them out");
            }
        }

        return value.Members;
    }

    public void Unknown(LocatedJson member, params ReadOnlySpan<string> allowed) =>
        faults.Add(member, $"is not known here; allowed are {string.Join(", ", allowed.ToArray().Select(name => $"'{name}'"))}");

    /// <summary>A list of intervals such as "21:00-08:00".</summary>
    public List<QuietSpan> Spans(LocatedJson value)
    {
        List<QuietSpan> spans = [];
        foreach (LocatedJson item in Items(value, "a list of intervals such as [\"21:00-08:00\"]"))
        {
            if (Span(item) is { } span)
            {
                spans.Add(span);
            }
        }

        if (spans.Count > MaxSpans)
        {
            faults.Add(value, string.Create(CultureInfo.InvariantCulture, $"has {spans.Count} intervals, but may have at most {MaxSpans}"));
        }

        return spans;
    }

    private const int MaxSpans = 8;

    private QuietSpan? Span(LocatedJson value)
    {
        string[] bounds = value.Text.Split('-');
        if (value.Kind != JsonValueKind.String || bounds.Length != 2
            || !TimeOnly.TryParseExact(bounds[0], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly from)
            || !TimeOnly.TryParseExact(bounds[1], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly to))
        {
            faults.Add(value, $"is {value.Description}, but must be two times of day such as \"21:00-08:00\"");
            return null;
        }

        if (from == to)
        {
            faults.Add(value, $"is {value.Description}, which begins where it ends; leave it out for no quiet hours, or give two different times");
            return null;
        }

        return new QuietSpan(from, to);
    }
}
