public import Dashboard

/// Where claims are kept, and made known to the team.
public protocol ClaimKeeper: Sendable {
    /// Does something to claims; what holds then is an event of its own. Waits for the disk.
    func take(_ deeds: [ClaimDeed])
}
