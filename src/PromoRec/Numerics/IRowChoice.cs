namespace PromoRec.Numerics;

/// <summary>Which rows may be among the best for a query, and how equals of them stand in order.</summary>
internal interface IRowChoice
{
    /// <summary>The place of a row among rows with the same score, different for every row; negative where it is left out.</summary>
    /// <param name="query">The number of the query, from 0.</param>
    /// <param name="row">The row.</param>
    int OrderOf(int query, int row);
}
