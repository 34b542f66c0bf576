namespace PromoRec.Models.Hybrid;

/// <summary>By what a stacked hybrid divides the scores of its members.</summary>
public enum StackingScale
{
    /// <summary>Each customer's largest score: only the order and the distances among their offers count, however much or little they do.</summary>
    OfCustomer = 0,

    /// <summary>The mean, over customers, of the largest score: who does much speaks louder than who does little, and a member that hardly knows a customer hardly speaks.</summary>
    OfAllCustomers = 1,
}
