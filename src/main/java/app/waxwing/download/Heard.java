package app.waxwing.download;

/// Told what an attempt saw of the network.
interface Heard {
    void answered(long account);

    /// It sends what was asked for.
    void served(long account);

    void failed(long account);
}
