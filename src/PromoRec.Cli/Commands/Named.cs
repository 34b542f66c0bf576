namespace PromoRec.Cli.Commands;

/// <summary>A value with the name that stands for it on the command line.</summary>
internal sealed record Named<T>(string Name, T Value)
{
    public override string ToString() => Name;
}
