using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PromoRec.Cli.Reading;
using PromoRec.Evaluation;

namespace PromoRec.Cli.Commands;

/// <summary>Makes options that say their range in their help and in their errors.</summary>
internal static class OptionFactory
{
    public static Option<int> Integer(string name, string description, int unlessSet, int least, int most) =>
        new(name)
        {
            Description = $"{description} ({least:N0} to {most:N0})",
            HelpName = "N",
            DefaultValueFactory = _ => unlessSet,
            CustomParser = result => (int)ParseWhole(result, name, least, most),
        };

    public static Option<long> Long(string name, string description, long unlessSet, long least, long most) =>
        new(name)
        {
            Description = $"{description} ({least:N0} to {most:N0})",
            HelpName = "N",
            DefaultValueFactory = _ => unlessSet,
            CustomParser = result => ParseWhole(result, name, least, most),
        };

    public static Option<double> Real(string name, string description, double unlessSet, double least, bool includingLeast)
    {
        string range = includingLeast ? $"{least} or above" : $"above {least}";
        return new(name)
        {
            Description = $"{description} ({range})",
            HelpName = "X",
            DefaultValueFactory = _ => unlessSet,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                bool parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
                if (!parsed || !double.IsFinite(value) || value < least || (value == least && !includingLeast))
                {
                    result.AddError($"{name} must be a number {range}, but is '{text}'.");
                }

                return value;
            },
        };
    }

    public static Option<ulong> Seed(ulong unlessSet = 1, string name = "--seed", string description = "Seed of everything random; equal seeds give equal results") =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => unlessSet,
            CustomParser = result =>
            {
                if (!ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
                {
                    result.AddError($"{name} must be a whole number of 0 or above, but is '{result.Tokens[0].Value}'.");
                }

                return seed;
            },
        };

    public static Option<Named<T>> Choice<T>(string name, string description, T unlessSet, params Named<T>[] choices)
    {
        string[] names = [.. choices.Select(choice => choice.Name)];
        Named<T> first = choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, unlessSet));
        return new(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => first,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                int choice = Array.FindIndex(names, n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase));
                if (choice < 0)
                {
                    result.AddError($"{name} must be one of {string.Join(", ", names)}, but is '{text}'.{Suggestion.For(text, names)}");
                }

                return choice < 0 ? first : choices[choice];
            },
        };
    }

    /// <summary>The metrics of rankings.</summary>
    public static Option<Named<IReadOnlyList<RankingMetric>>> Metrics(string unlessSet)
    {
        const string Name = "--metrics";
        return new(Name)
        {
            Description = "What to measure: hr, precision, recall, f1, ndcg, map, mrr, coverage, novelty with @k, and auc",
            HelpName = "NAME@K,...",
            DefaultValueFactory = _ => new Named<IReadOnlyList<RankingMetric>>(unlessSet, RankingMetric.ParseList(unlessSet)),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                try
                {
                    return new Named<IReadOnlyList<RankingMetric>>(text, RankingMetric.ParseList(text));
                }
                catch (FormatException fault)
                {
                    result.AddError($"{Name}: {fault.Message}");
                    return new Named<IReadOnlyList<RankingMetric>>(string.Empty, []);
                }
            },
        };
    }

    public static Option<string?> Text(string name, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        RefuseEmptyPath(option.Validators, name, helpName);
        return option;
    }

    public static Option<string> Required(string name, string helpName, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName, Required = true };
        RefuseEmptyPath(option.Validators, name, helpName);
        return option;
    }

    /// <summary>A file that the command is about, named without an option.</summary>
    public static Argument<string> File(string description)
    {
        var argument = new Argument<string>("file") { Description = description, HelpName = "FILE" };
        RefuseEmptyPath(argument.Validators, "FILE", "FILE");
        return argument;
    }

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>Whether the user gave an option, rather than leaving it at its default.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>A script whose variable is not set passes an empty text.</summary>
    private static void RefuseEmptyPath<T>(List<Action<T>> validators, string name, string helpName)
        where T : SymbolResult
    {
        if (helpName is "FILE" or "DIR" or "MODEL")
        {
            validators.Add(result =>
            {
                if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                {
                    result.AddError($"{name} needs the path of a {(helpName == "DIR" ? "folder" : "file")}, but is empty.");
                }
            });
        }
    }

    private static long ParseWhole(ArgumentResult result, string name, long least, long most)
    {
        string text = result.Tokens[0].Value;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long value) || value < least || value > most)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {least:N0} to {most:N0}, but is '{text}'."));
        }

        return value;
    }
}
