using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>All items but those that a customer has; equals of them in the order of their rows.</summary>
/// <param name="seen">Customers × items; null where all items may be found.</param>
/// <param name="userRows">The row of the customer of each query.</param>
internal readonly ref struct UnseenItems(CsrMatrix? seen, ReadOnlySpan<int> userRows) : IRowChoice
{
    private readonly ReadOnlySpan<int> _userRows = userRows;

    public int OrderOf(int query, int row) => seen is null || seen.ColumnsOf(_userRows[query]).BinarySearch(row) < 0 ? row : -1;
}
