namespace PromoRec.Push;

/// <summary>The smallest change that would turn a policy's verdict, everything else being equal.</summary>
public readonly record struct PushFlip
{
    private PushFlip(PushFlipKind kind, string? input, decimal value, string? text, DateTimeOffset at)
    {
        Kind = kind;
        Input = input;
        Value = value;
        Text = text;
        At = at;
    }

    /// <summary>What kind of change it is.</summary>
    public PushFlipKind Kind { get; }

    /// <summary>The input that would have to change; null for time.</summary>
    public string? Input { get; }

    /// <summary>What a number would have to become.</summary>
    public decimal Value { get; }

    /// <summary>What a fact would have to become.</summary>
    public string? Text { get; }

    /// <summary>When time alone turns the verdict.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Time alone turns it.</summary>
    public static PushFlip Wait(DateTimeOffset at) => new(PushFlipKind.Wait, null, 0, null, at);

    /// <summary>A number has to become another.</summary>
    /// <param name="input">Its name, one of <see cref="PushInputs"/> or the host's own.</param>
    /// <param name="value">The nearest value that turns the verdict.</param>
    public static PushFlip Number(string input, decimal value) => new(PushFlipKind.Number, input, value, null, default);

    /// <summary>A fact has to become another.</summary>
    /// <param name="input">Its name, one of <see cref="PushInputs"/> or the host's own.</param>
    /// <param name="text">What it has to become.</param>
    public static PushFlip Fact(string input, string text) => new(PushFlipKind.Fact, input, 0, text, default);
}
