namespace PromoRec.Cli;

/// <summary>What the process returns. The numbers are a promise to scripts; docs/guide/cli.md lists them.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something that nobody foresaw.</summary>
    public const int UnexpectedFailure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>An input file is missing, damaged, or holds data that cannot be used.</summary>
    public const int BadInput = 3;

    /// <summary>A model file is missing, damaged, or not a model.</summary>
    public const int BadModel = 4;

    /// <summary>The output cannot be written.</summary>
    public const int OutputFailed = 5;

    /// <summary>Ctrl+C, as shells count it: 128 + SIGINT; SIGTERM too.</summary>
    public const int Cancelled = 130;
}
