package app.waxwing.demo;

import tools.jackson.databind.node.ObjectNode;

/// Writes accounts and sessions.
final class UserDtos {
    private UserDtos() {}

    static ObjectNode user(DemoUser user, String serverId) {
        var dto = Json.MAPPER.createObjectNode();
        dto.put("Name", user.name()).put("ServerId", serverId).put("Id", user.id()).put("HasPassword", true)
                .put("HasConfiguredPassword", true)
                .put("HasConfiguredEasyPassword", false).put("EnableAutoLogin", false);
        dto.set("Configuration", configuration());
        dto.set("Policy", policy(user));
        return dto;
    }

    private static ObjectNode configuration() {
        var dto = Json.MAPPER.createObjectNode();
        dto.put("PlayDefaultAudioTrack", true).put("SubtitleLanguagePreference", "").put("DisplayMissingEpisodes", false)
                .put("SubtitleMode", "Default").put("DisplayCollectionsView", false).put("EnableLocalPassword", false)
                .put("HidePlayedInLatest", true).put("RememberAudioSelections", true).put("RememberSubtitleSelections", true)
                .put("EnableNextEpisodeAutoPlay", true);
        for (String none : new String[]{"GroupedFolders", "OrderedViews", "LatestItemsExcludes", "MyMediaExcludes"}) dto.putArray(none);
        return dto;
    }

    private static ObjectNode policy(DemoUser user) {
        var dto = Json.MAPPER.createObjectNode();
        dto.put("IsAdministrator", user.administrator()).put("IsHidden", false).put("IsDisabled", user.disabled());
        dto.put("EnableContentDownloading", user.downloads()).put("EnableMediaPlayback", user.playback())
                .put("EnableAudioPlaybackTranscoding", user.transcoding()).put("EnableVideoPlaybackTranscoding", user.transcoding());
        for (String yes : new String[]{"EnableUserPreferenceAccess", "EnableSharedDeviceControl", "EnableRemoteAccess",
                "EnablePlaybackRemuxing",
                "EnableSyncTranscoding", "EnableMediaConversion", "EnableAllDevices", "EnableAllChannels", "EnableAllFolders",
                "EnablePublicSharing"})
            dto.put(yes, true);
        for (String no : new String[]{"EnableCollectionManagement", "EnableSubtitleManagement", "EnableLyricManagement",
                "EnableRemoteControlOfOtherUsers", "EnableLiveTvManagement", "EnableLiveTvAccess", "ForceRemoteSourceTranscoding",
                "EnableContentDeletion"})
            dto.put(no, false);
        for (String none : new String[]{"BlockedTags", "AllowedTags", "AccessSchedules", "BlockUnratedItems",
                "EnableContentDeletionFromFolders",
                "EnabledDevices", "EnabledChannels", "EnabledFolders"})
            dto.putArray(none);
        return dto.put("InvalidLoginAttemptCount", user.failures()).put("LoginAttemptsBeforeLockout", user.lockoutAfter())
                .put("MaxActiveSessions", 0).put("RemoteClientBitrateLimit", 0)
                .put("AuthenticationProviderId", "Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider")
                .put("PasswordResetProviderId", "Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider")
                .put("SyncPlayAccess", "CreateAndJoinGroups");
    }

    static ObjectNode session(Session session, String serverId) {
        var dto = Json.MAPPER.createObjectNode();
        var state = dto.putObject("PlayState");
        var playing = session.playing();
        boolean something = playing != Session.Playing.NOTHING;
        if (something) state.put("PositionTicks", playing.position());
        state.put("CanSeek", something).put("IsPaused", playing.paused())
                .put("IsMuted", false).put("RepeatMode", "RepeatNone").put("PlaybackOrder", "Default");
        dto.putArray("AdditionalUsers");
        var capabilities = dto.putObject("Capabilities");
        session.playable().forEach(capabilities.putArray("PlayableMediaTypes")::add);
        session.commands().forEach(capabilities.putArray("SupportedCommands")::add);
        capabilities.put("SupportsMediaControl", session.controllable()).put("SupportsPersistentIdentifier", true);
        session.playable().forEach(dto.putArray("PlayableMediaTypes")::add);
        session.commands().forEach(dto.putArray("SupportedCommands")::add);
        dto.put("UserId", session.user().id()).put("UserName", session.user().name());
        var who = session.identity();
        return dto.put("Id", session.id()).put("RemoteEndPoint", "127.0.0.1").put("Client", who.client()).put("DeviceName", who.device())
                .put("DeviceId", who.deviceId()).put("ApplicationVersion", who.version()).put("ServerId", serverId)
                .put("LastActivityDate", Json.date(session.active())).put("LastPlaybackCheckIn", Json.date(session.active()))
                .put("IsActive", true).put("SupportsMediaControl", session.controllable())
                .put("SupportsRemoteControl", session.controllable())
                .put("HasCustomDeviceName", false);
    }
}
