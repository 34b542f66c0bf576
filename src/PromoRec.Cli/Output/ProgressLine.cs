namespace PromoRec.Cli.Output;

/// <summary>Tells a person how far a command has come. On a terminal one line is redrawn; elsewhere only whole lines are written.</summary>
internal sealed class ProgressLine(CommandEnvironment environment)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private long _lastDraw;
    private int _drawn;

    /// <summary>Writes a line that stays.</summary>
    public void Say(string text)
    {
        Clear();
        environment.Error.WriteLine(text);
    }

    /// <summary>Writes a line that stays and is marked as a warning.</summary>
    public void Warn(string text) => Say($"warning: {text}");

    /// <summary>Shows something that is soon replaced; only on a terminal, and not more often than it can be read.</summary>
    public void Show(Func<string> text)
    {
        if (!environment.IsInteractive || (_lastDraw != 0 && environment.Time.GetElapsedTime(_lastDraw) < Redraw))
        {
            return;
        }

        _lastDraw = environment.Time.GetTimestamp();
        string line = text();
        environment.Error.Write($"\r{line.PadRight(_drawn)}");
        _drawn = line.Length;
    }

    private void Clear()
    {
        if (_drawn > 0)
        {
            environment.Error.Write($"\r{new string(' ', _drawn)}\r");
            _drawn = 0;
        }
    }
}
