using System.Globalization;
using System.Text.Json;

namespace PromoRec;

/// <summary>Reads single values of a file of settings. A value that cannot be read is a fault, and the answer is null, or false, or an empty list.</summary>
internal sealed class JsonValues(JsonFaults faults)
{
    /// <param name="value">What the file says.</param>
    /// <param name="what">What it must be, for the message.</param>
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
        if (value.Kind == JsonValueKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= from && number <= to)
        {
            return number;
        }

        string range = (from, to) == (int.MinValue, int.MaxValue) ? "a whole number" : string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}");
        faults.Add(value, $"is {value.Description}, but must be {range}");
        return null;
    }

    public double? Number(LocatedJson value)
    {
        if (value.Kind == JsonValueKind.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        faults.Add(value, $"is {value.Description}, but must be a number");
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

    public T? Word<T>(LocatedJson value, params ReadOnlySpan<(string Word, T Value)> words)
        where T : struct
    {
        foreach ((string word, T meaning) in words)
        {
            if (value.Kind == JsonValueKind.String && value.Text == word)
            {
                return meaning;
            }
        }

        string[] all = [.. words.ToArray().Select(pair => pair.Word)];
        faults.Add(value, $"is {value.Description}, but must be one of {Quote(all)}{(value.Kind == JsonValueKind.String ? NearestName.Hint(value.Text, all) : string.Empty)}");
        return null;
    }

    /// <summary>A list of words; what is none of them is left out.</summary>
    public List<T> Words<T>(LocatedJson value, params (string Word, T Value)[] words)
        where T : struct =>
        [.. Items(value, $"a list of words out of {Quote(words.Select(pair => pair.Word))}").Select(item => Word<T>(item, words)).OfType<T>()];

    /// <summary>The elements of a list.</summary>
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
                faults.AddName(member, "is there twice; leave one of them out");
            }
        }

        return value.Members;
    }

    /// <summary>A member that nobody reads.</summary>
    public void Unknown(string name, LocatedJson member, params ReadOnlySpan<string> allowed)
    {
        string[] names = allowed.ToArray();
        faults.AddName(member, $"is not known here; allowed are {Quote(names)}{NearestName.Hint(name, names)}");
    }

    /// <summary>A stretch of time such as "15m", "24h" or "7d".</summary>
    public TimeSpan? Duration(LocatedJson value)
    {
        if (value.Kind == JsonValueKind.String && DurationText.TryParse(value.Text, out TimeSpan duration))
        {
            return duration;
        }

        faults.Add(value, $"is {value.Description}, but must be {DurationText.Expected}");
        return null;
    }

    /// <summary>Two wall times such as "21:00-08:00"; equal ones are a fault.</summary>
    public (TimeOnly From, TimeOnly To)? Interval(LocatedJson value)
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

        return (from, to);
    }

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
