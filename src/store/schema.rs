//! The tables as Diesel sees them: one schema for SQLite and PostgreSQL, with column types that both know.

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    staff_users (id) {
        id -> Text,
        username -> Text,
        display_name -> Text,
        email -> Text,
        role -> Text,
        password_hash -> Text,
        failed_sign_ins -> BigInt,
        locked_until -> Nullable<Timestamp>,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    cases (id) {
        id -> Text,
        reference -> Text,
        right_asked -> Text,
        stage -> Text,
        channel -> Text,
        received_on -> Date,
        subject_name -> Text,
        date_of_birth -> Nullable<Date>,
        details -> Nullable<Text>,
        scope -> Text,
        relationship -> Text,
        requester_name -> Text,
        requester_email -> Text,
        verified_at -> Nullable<Timestamp>,
        assignee_id -> Nullable<Text>,
        clock_state -> Text,
        due_on -> Nullable<Date>,
        statutory_latest -> Nullable<Date>,
        extension_notice_by -> Nullable<Date>,
        decided_by -> Nullable<Text>,
        approved_by -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        missed_on -> Nullable<Date>,
        look_on -> Nullable<Date>,
        lapsed_from -> Nullable<Text>,
        reopened_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_identifiers (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        value -> Text,
        normal -> Text,
        verified_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    verification_codes (id) {
        id -> Text,
        case_id -> Text,
        code_hash -> Text,
        state -> Text,
        attempts -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        purpose -> Text,
    }
}

diesel::table! {
    clock_events (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        happened_on -> Date,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        note -> Nullable<Text>,
        corrects -> Nullable<Text>,
    }
}

diesel::table! {
    audit_events (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        case_id -> Nullable<Text>,
        kind -> Text,
        detail -> Text,
        previous_hash -> Text,
        hash -> Text,
        form -> BigInt,
        origin -> Nullable<Text>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        case_id -> Nullable<Text>,
        payload -> Text,
        state -> Text,
        attempts -> BigInt,
        run_after -> Timestamp,
        lease_token -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        last_problem -> Nullable<Text>,
        dedupe_key -> Nullable<Text>,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    gathers (id) {
        id -> Text,
        case_id -> Text,
        spool -> Text,
        found -> BigInt,
        held -> BigInt,
        failed -> BigInt,
        finished_at -> Timestamp,
        superseded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    record_decisions (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        decision -> Text,
        code -> Nullable<Text>,
        reason -> Nullable<Text>,
        opinion_id -> Nullable<Text>,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    bundles (id) {
        id -> Text,
        case_id -> Text,
        file -> Text,
        sha256 -> Text,
        size_bytes -> BigInt,
        built_at -> Timestamp,
        released_at -> Nullable<Timestamp>,
        expires_at -> Nullable<Timestamp>,
        superseded_at -> Nullable<Timestamp>,
        downloads -> BigInt,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    idempotency_keys (key_hash) {
        key_hash -> Text,
        request_hash -> Text,
        answer -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    holiday_changes (id) {
        id -> Text,
        kind -> Text,
        division -> Nullable<Text>,
        holiday_on -> Nullable<Date>,
        title -> Nullable<Text>,
        file -> Nullable<Text>,
        undoes -> Nullable<Text>,
        made_at -> Timestamp,
        made_by -> Text,
        recomputed_to -> Nullable<Text>,
        recomputed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    recomputed_cases (change_id, case_id) {
        change_id -> Text,
        case_id -> Text,
        due_before -> Nullable<Date>,
        due_after -> Nullable<Date>,
        told -> Bool,
        problem -> Nullable<Text>,
    }
}

diesel::table! {
    reminders (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        about_on -> Date,
        lapses_on -> Nullable<Date>,
        made_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        done_at -> Nullable<Timestamp>,
        done_by -> Nullable<Text>,
    }
}

diesel::table! {
    review_steps (id) {
        id -> Text,
        case_id -> Text,
        seq -> BigInt,
        kind -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        detail -> Text,
        undoes -> Nullable<Text>,
        undone_by -> Nullable<Text>,
    }
}

diesel::table! {
    opinions (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        author -> Text,
        profession -> Text,
        given_on -> Date,
        finding -> Text,
        summary -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    redactions (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        field -> Text,
        start_at -> Nullable<BigInt>,
        end_at -> Nullable<BigInt>,
        text_hash -> Text,
        code -> Text,
        reason -> Nullable<Text>,
        opinion_id -> Nullable<Text>,
        origin -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    suggestion_rejections (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        field -> Text,
        start_at -> Nullable<BigInt>,
        end_at -> Nullable<BigInt>,
        text_hash -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    warning_answers (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        warning -> Text,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    sign_offs (id) {
        id -> Text,
        case_id -> Text,
        seq -> BigInt,
        kind -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        digest -> Text,
        listing -> Text,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    review_comments (id) {
        id -> Text,
        case_id -> Text,
        record -> Nullable<Text>,
        comment -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        settled_by -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    standing_rules (id) {
        id -> Text,
        kind -> Text,
        collection -> Nullable<Text>,
        field -> Nullable<Text>,
        words -> Nullable<Text>,
        code -> Text,
        reason -> Text,
        mode -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        ended_reason -> Nullable<Text>,
    }
}

diesel::table! {
    case_endings (case_id, audit_seq) {
        case_id -> Text,
        audit_seq -> BigInt,
        at -> Timestamp,
        how -> Text,
        code -> Nullable<Text>,
    }
}

diesel::table! {
    case_withheld (case_id, audit_seq, how, code) {
        case_id -> Text,
        audit_seq -> BigInt,
        how -> Text,
        code -> Text,
        records -> BigInt,
    }
}

diesel::table! {
    case_teams (id) {
        id -> Text,
        case_id -> Text,
        team -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    late_reasons (id) {
        id -> Text,
        case_id -> Text,
        reason -> Text,
        note -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    work_times (id) {
        id -> Text,
        case_id -> Text,
        worked_on -> Date,
        minutes -> BigInt,
        corrects -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    drafts (id) {
        id -> Text,
        token_hash -> Text,
        resume_hash -> Nullable<Text>,
        answers -> Binary,
        language -> Text,
        case_id -> Nullable<Text>,
        started_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    case_preferences (case_id) {
        case_id -> Text,
        language -> Text,
        answer_by -> Text,
        address -> Nullable<Text>,
        needs -> Nullable<Text>,
        authority -> Nullable<Text>,
        answer_email -> Nullable<Text>,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        case_id -> Text,
        written_by -> Text,
        body -> Text,
        written_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    evidence (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        media_type -> Text,
        size_bytes -> BigInt,
        sha256 -> Text,
        file -> Text,
        scanned -> Bool,
        received_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    seen_columns (dataset, table_name, column_name) {
        dataset -> Text,
        table_name -> Text,
        column_name -> Text,
        type_name -> Text,
    }
}

diesel::table! {
    drifts (id) {
        id -> Text,
        dataset -> Text,
        table_name -> Text,
        column_name -> Text,
        kind -> Text,
        detail -> Text,
        found_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        waived_at -> Nullable<Timestamp>,
        waived_by -> Nullable<Text>,
        waive_reason -> Nullable<Text>,
    }
}

diesel::table! {
    assessments (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        method -> Text,
        outcome -> Text,
        reasons -> Text,
        assessed_by -> Text,
        assessed_at -> Timestamp,
    }
}

diesel::table! {
    searches (gather_id, n) {
        gather_id -> Text,
        n -> BigInt,
        case_id -> Text,
        source -> Text,
        collection -> Text,
        searched_columns -> Text,
        rule -> Text,
        searched_values -> BigInt,
        found -> BigInt,
        began_at -> Timestamp,
        ended_at -> Timestamp,
        problem -> Nullable<Text>,
    }
}

diesel::table! {
    case_origins (case_id) {
        case_id -> Text,
        origin_id -> Text,
        why -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    correction_requests (id) {
        id -> Text,
        case_id -> Text,
        dataset -> Text,
        collection -> Text,
        record -> Text,
        field -> Text,
        says -> Text,
        should_say -> Text,
        why -> Nullable<Text>,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    tries (who_hash, window_at) {
        who_hash -> Text,
        window_at -> Timestamp,
        tried -> BigInt,
    }
}

diesel::table! {
    gather_progress (case_id, source, collection) {
        case_id -> Text,
        source -> Text,
        collection -> Text,
        state -> Text,
        found -> BigInt,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    corrections (id) {
        id -> Text,
        case_id -> Text,
        record -> Text,
        dataset -> Text,
        collection -> Text,
        field -> Text,
        said -> Nullable<Text>,
        shown -> Nullable<Text>,
        wanted -> Nullable<Text>,
        why -> Text,
        evidence -> Nullable<Text>,
        asked_by -> Text,
        asked_at -> Timestamp,
        state -> Text,
        decision -> Nullable<Text>,
        new_value -> Nullable<Text>,
        reason -> Nullable<Text>,
        statement -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        signed_by -> Nullable<Text>,
        signed_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        problem -> Nullable<Text>,
        proof -> Nullable<Text>,
        undoes -> Nullable<Text>,
    }
}

diesel::table! {
    source_changes (id) {
        id -> Text,
        correction_id -> Text,
        value_before -> Nullable<Text>,
        value_after -> Nullable<Text>,
        begun_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    recipient_notices (id) {
        id -> Text,
        case_id -> Text,
        correction_id -> Nullable<Text>,
        kind -> Text,
        about -> Text,
        recipient -> Text,
        email -> Nullable<Text>,
        state -> Text,
        made_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        acknowledged_at -> Nullable<Timestamp>,
        note -> Nullable<Text>,
        noted_by -> Text,
        records -> Nullable<Text>,
    }
}

diesel::table! {
    case_notes (id) {
        id -> Text,
        case_id -> Text,
        note -> Text,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    case_tasks (id) {
        id -> Text,
        case_id -> Text,
        task -> Text,
        due_on -> Nullable<Date>,
        made_by -> Text,
        made_at -> Timestamp,
        done_by -> Nullable<Text>,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    related_cases (id) {
        id -> Text,
        case_id -> Text,
        other_id -> Text,
        why -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Text,
        owner_id -> Text,
        name -> Text,
        query -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    staff_factors (user_id) {
        user_id -> Text,
        sealed -> Text,
        made_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (id) {
        id -> Text,
        user_id -> Text,
        code_hash -> Text,
        made_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    new_dates (id) {
        id -> Text,
        case_id -> Text,
        answer_by -> Date,
        told_on -> Date,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    audit_anchors (seq) {
        seq -> BigInt,
        chain -> Text,
        hash -> Text,
        at -> Timestamp,
        key -> Text,
        signature -> Text,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        user_id -> Text,
        name -> Text,
        role -> Nullable<Text>,
        token_hash -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        used_on -> Nullable<Date>,
    }
}

diesel::table! {
    tallies (name, label) {
        name -> Text,
        label -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    report_schedules (id) {
        id -> Text,
        report -> Text,
        every -> Text,
        basis -> Text,
        format -> Text,
        emails -> Text,
        sent_to -> Date,
        created_at -> Timestamp,
        created_by -> Text,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    match_rulings (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        ruling -> Text,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    confirmed_identifiers (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        alias -> Text,
        kind -> Text,
        value -> Text,
        record -> Nullable<Text>,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    erasures (id) {
        id -> Text,
        case_id -> Text,
        state -> Text,
        digest -> Text,
        ways -> Text,
        tried -> Nullable<Text>,
        made_by -> Text,
        made_at -> Timestamp,
        signed_by -> Nullable<Text>,
        signed_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        problem -> Nullable<Text>,
        proof -> Nullable<Text>,
    }
}

diesel::table! {
    erasure_items (erasure_id, number) {
        erasure_id -> Text,
        number -> BigInt,
        dataset -> Text,
        collection -> Text,
        record -> Text,
        what -> Text,
        reason -> Nullable<Text>,
        by_owner -> Nullable<Text>,
    }
}

diesel::table! {
    erasure_runs (erasure_id, dataset) {
        erasure_id -> Text,
        dataset -> Text,
        begun_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        done -> BigInt,
        already -> BigInt,
    }
}

diesel::table! {
    suppressions (list, hash) {
        list -> Text,
        hash -> Text,
        case_id -> Nullable<Text>,
        made_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    counters,
    staff_users,
    sessions,
    cases,
    case_identifiers,
    verification_codes,
    clock_events,
    audit_events,
    jobs,
    gathers,
    record_decisions,
    bundles,
    idempotency_keys,
    holiday_changes,
    recomputed_cases,
    reminders,
    review_steps,
    opinions,
    redactions,
    suggestion_rejections,
    warning_answers,
    sign_offs,
    review_comments,
    standing_rules,
    case_endings,
    case_withheld,
    case_teams,
    late_reasons,
    work_times,
    drafts,
    case_preferences,
    messages,
    evidence,
    assessments,
    case_origins,
    correction_requests,
    tries,
    seen_columns,
    drifts,
    searches,
    gather_progress,
    corrections,
    source_changes,
    recipient_notices,
    case_notes,
    case_tasks,
    related_cases,
    saved_filters,
    staff_factors,
    recovery_codes,
    new_dates,
    audit_anchors,
    api_tokens,
    tallies,
    report_schedules,
    match_rulings,
    confirmed_identifiers,
    erasures,
    erasure_items,
    erasure_runs,
    suppressions,
);
