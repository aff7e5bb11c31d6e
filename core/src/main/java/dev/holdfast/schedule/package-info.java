/** What lets backups and drills happen by themselves: times, and the files of cron, systemd and others that keep to them. Pure text. */
@NullMarked
package dev.holdfast.schedule;

import org.jspecify.annotations.NullMarked;
