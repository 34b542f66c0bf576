namespace PromoRec.DependencyInjection;

/// <summary>Names the options of rules of one kind, one after another. That it is among the services says that a validator of the kind is, too.</summary>
internal sealed class PushRuleNames<TOptions>
{
    private int _last;

    public string Next() => $"{typeof(TOptions).Name} {++_last}";
}
