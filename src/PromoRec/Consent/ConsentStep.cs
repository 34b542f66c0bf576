using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>What is to be done with a customer's ledger as it was read.</summary>
/// <param name="Answer">What the caller gets.</param>
/// <param name="Append">Events to append; their ids are new to the ledger.</param>
/// <param name="Tell">Events that are in the ledger already and that observers are told of once more.</param>
internal readonly record struct ConsentStep<T>(T Answer, ImmutableArray<ConsentEvent> Append, ImmutableArray<ConsentEvent> Tell)
{
    public static ConsentStep<T> Nothing(T answer) => new(answer, [], []);

    public static ConsentStep<T> Store(T answer, params ImmutableArray<ConsentEvent> events) => new(answer, events, []);

    public static ConsentStep<T> TellAgain(T answer, params ImmutableArray<ConsentEvent> events) => new(answer, [], events);
}
