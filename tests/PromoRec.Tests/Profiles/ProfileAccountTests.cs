using PromoRec.Profiles;

namespace PromoRec.Tests.Profiles;

public class ProfileAccountTests
{
    [Fact]
    public void A_closed_account_takes_nothing_and_tells_nothing_so_that_who_comes_too_late_opens_another()
    {
        var account = new ProfileAccount("ann", new CustomerProfileOptions());
        Assert.True(account.TryAdd(ProfileShop.Purchase(0)));
        Assert.Single(account.Read()!.Events);

        account.Close();
        account.Set(new CustomerSegment(null, null, ProfileShop.Noon));

        Assert.False(account.TryAdd(ProfileShop.Purchase(0)));
        Assert.False(account.TrySay(new CustomerTag("vip", "shop", ProfileShop.Noon), takesBack: false));
        Assert.Null(account.Read());
    }
}
