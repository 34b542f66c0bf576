using System.CommandLine;
using System.Text;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that read files of rows.</summary>
internal sealed class InputOptions
{
    private readonly Option<string?> _timeZone = OptionFactory.Text("--time-zone", "ZONE", "Zone of times without offset, such as Europe/Berlin; UTC unless set");
    private readonly Option<int> _skipBad = OptionFactory.Integer("--skip-bad", "Go on after up to N bad rows, and report each", 0, 0, int.MaxValue);

    public IReadOnlyList<Option> All => [_timeZone, _skipBad];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Counts and reports the bad rows of a command, over all its files.</summary>
    public BadRows BadRows(ParseResult parsed, ProgressLine progress) => new(parsed.GetValue(_skipBad), progress.Warn);

    /// <exception cref="UsageException">There is no such zone.</exception>
    public TimeZoneInfo Zone(ParseResult parsed)
    {
        string? name = parsed.GetValue(_timeZone);
        return string.IsNullOrEmpty(name) ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone
            : throw new UsageException($"--time-zone: there is no time zone '{name}' on this machine. Expected an IANA name such as Europe/Berlin.");
    }

    /// <summary>A time given as an option.</summary>
    /// <exception cref="UsageException">It is not a time.</exception>
    public DateTimeOffset? Time(ParseResult parsed, Option<string?> option)
    {
        string? text = parsed.GetValue(option);
        return text is null ? null
            : TimeText.TryParse(Encoding.UTF8.GetBytes(text), Zone(parsed), out DateTimeOffset time) ? time
            : throw new UsageException($"{option.Name}: '{text}' is not a time. {TimeText.Expected}");
    }
}
