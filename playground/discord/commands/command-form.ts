import type { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';

interface ChoiceForm {
  name: string;
  name_localizations?: Record<string, string> | null;
  value: string | number;
}

export interface OptionForm {
  type: ApplicationCommandOptionType;
  name: string;
  name_localizations?: Record<string, string> | null;
  description: string;
  description_localizations?: Record<string, string> | null;
  required?: boolean | null;
  autocomplete?: boolean | null;
  choices?: ChoiceForm[] | null;
  options?: OptionForm[] | null;
  min_value?: number | null;
  max_value?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  channel_types?: number[] | null;
}

/** A command in a request, after its schema has accepted it. */
export interface CommandForm {
  type?: ApplicationCommandType | null;
  name: string;
  name_localizations?: Record<string, string> | null;
  description?: string | null;
  description_localizations?: Record<string, string> | null;
  options?: OptionForm[] | null;
  default_member_permissions?: string | number | null;
  dm_permission?: boolean | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  nsfw?: boolean | null;
}

/** A command as the API gives it back. */
export interface RegisteredCommand {
  id: string;
  application_id: string;
  version: string;
  guild_id?: string;
  type: ApplicationCommandType;
  name: string;
  name_localizations: Record<string, string> | null;
  description: string;
  description_localizations: Record<string, string> | null;
  options?: OptionForm[];
  default_member_permissions: string | null;
  dm_permission?: boolean;
  contexts: number[] | null;
  integration_types: number[];
  nsfw: boolean;
}
